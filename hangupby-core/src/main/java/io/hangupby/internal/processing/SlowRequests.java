package io.hangupby.internal.processing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts slow requests. Logs the first, and the first after ten minutes without any. Thread-safe. */
final class SlowRequests {
    private static final Logger log = LoggerFactory.getLogger(SlowRequests.class);

    private static final Duration LOGGED_AGAIN_AFTER = Duration.ofMinutes(10);

    private final Clock clock;
    private final Duration atMost;
    private final LongAdder count = new LongAdder();
    private Instant last = Instant.MIN;

    SlowRequests(Clock clock, Duration atMost) {
        this.clock = clock;
        this.atMost = atMost;
    }

    /** Notes the time of a request, successful or not. */
    void took(String request, Duration time) {
        if (time.compareTo(atMost) > 0) {
            count.increment();
            if (isToBeLogged()) {
                log.warn(
                        "Twilio's responses take long or do not end: {} took {} ms. Requests are ended after some seconds, and "
                                + "retried; other tasks go on. If this lasts, check the network and Twilio's status page",
                        request,
                        time.toMillis());
            }
        }
    }

    /** Returns how many slow requests there were. */
    long count() {
        return count.sum();
    }

    private synchronized boolean isToBeLogged() {
        Instant now = clock.instant();
        boolean isToBeLogged = last.equals(Instant.MIN) || now.isAfter(last.plus(LOGGED_AGAIN_AFTER));
        last = now;
        return isToBeLogged;
    }
}
