package io.hangupby.internal.processing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the requests that take long, and logs that they do: once, and again after they have not for some minutes. Thread-safe. */
final class SlowRequests {
    private static final Logger log = LoggerFactory.getLogger(SlowRequests.class);

    private static final Duration NEWS_AGAIN_AFTER = Duration.ofMinutes(10);

    private final Clock clock;
    private final Duration atMost;
    private final LongAdder count = new LongAdder();
    private Instant last = Instant.MIN;

    SlowRequests(Clock clock, Duration atMost) {
        this.clock = clock;
        this.atMost = atMost;
    }

    /** A request was under way for so long, whatever came of it. */
    void took(String request, Duration time) {
        if (time.compareTo(atMost) > 0) {
            count.increment();
            if (isNews()) {
                log.warn(
                        "Twilio's responses take long or do not end: {} took {} ms. Requests are ended after some seconds, and tried "
                                + "again; other tasks go on. If this lasts, check the way to Twilio, and its status page",
                        request,
                        time.toMillis());
            }
        }
    }

    /** Returns how many there were. */
    long count() {
        return count.sum();
    }

    private synchronized boolean isNews() {
        Instant now = clock.instant();
        boolean isNews = last.equals(Instant.MIN) || now.isAfter(last.plus(NEWS_AGAIN_AFTER));
        last = now;
        return isNews;
    }
}
