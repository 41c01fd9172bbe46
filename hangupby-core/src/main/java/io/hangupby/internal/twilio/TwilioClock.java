package io.hangupby.internal.twilio;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time at Twilio, by which the age of an event is counted. It is this machine's time, corrected by the skew between the two
 * clocks. Responses show the skew by their {@code Date}. Until there are three responses, events show it: an event is at most as
 * old as its delivery takes, and never in the future. Thread-safe.
 */
public final class TwilioClock extends Clock {
    private static final Logger log = LoggerFactory.getLogger(TwilioClock.class);

    /** Enough for a majority against a header that a proxy set by a clock of its own. */
    private static final int RESPONSES = 5;

    /** Fewer responses cannot outvote a wrong response. */
    private static final int PROOF = 3;

    private static final int EVENTS = 20;

    /** A skew up to this counts as none: the header has whole seconds, and the transfer takes time. */
    private static final Duration NEGLIGIBLE = Duration.ofSeconds(2);

    /** A delivery can take this long while the clock is right. */
    private static final Duration DELIVERED_WITHIN = Duration.ofMinutes(1);

    private static final Duration LARGE = Duration.ofSeconds(30);

    /** Well below {@link #LARGE}, so that a skew around that value is not logged again and again. */
    private static final Duration SMALL = Duration.ofSeconds(10);

    private final Clock steady;
    private final Deque<Duration> responses = new ArrayDeque<>();
    private final Deque<Duration> events = new ArrayDeque<>();
    private volatile Duration skew = Duration.ZERO;
    private boolean isLogged;

    private TwilioClock(Clock steady) {
        this.steady = steady;
    }

    /** Returns a clock of the time at Twilio, or the given clock if it is a {@code TwilioClock} already. */
    public static TwilioClock of(Clock clock) {
        if (clock instanceof TwilioClock twilioClock) {
            return twilioClock;
        }
        return new TwilioClock(clock.equals(Clock.systemUTC()) ? new SteadyClock(clock.instant()) : clock);
    }

    @Override
    public Instant instant() {
        return steady.instant().plus(skew);
    }

    /** Returns the clock for durations, which neither the operating system nor Twilio can set. */
    public Clock steady() {
        return steady;
    }

    /** Returns how far Twilio's clock is ahead of this machine's clock, or zero if they agree within two seconds. */
    public Duration skew() {
        return skew;
    }

    /**
     * Notes the time of a successful response.
     *
     * @param sent when its request was sent, by the {@link #steady} clock
     * @param date its {@code Date} header, which is ignored if it cannot be read
     */
    void responded(Instant sent, String date) {
        try {
            Instant made = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
            Instant received = steady.instant();
            add(responses, RESPONSES, apart(made, sent, received));
        } catch (DateTimeException unreadable) {
            log.debug("a response of Twilio has no readable Date; the clock is not corrected by it");
        }
    }

    /**
     * Notes that an event was received.
     *
     * @param eventAt the time of the event
     */
    public void received(Instant eventAt) {
        add(events, EVENTS, Duration.between(steady.instant(), eventAt));
    }

    /** Returns the smallest possible skew: the second in the header began at most a second before the response. */
    private static Duration apart(Instant made, Instant sent, Instant received) {
        Duration ahead = Duration.between(received, made);
        Duration behind = Duration.between(sent, made.plusSeconds(1));
        if (ahead.compareTo(NEGLIGIBLE) > 0) {
            return ahead;
        }
        return behind.negated().compareTo(NEGLIGIBLE) > 0 ? behind : Duration.ZERO;
    }

    private synchronized void add(Deque<Duration> measured, int atMost, Duration one) {
        measured.addLast(one);
        if (measured.size() > atMost) {
            measured.removeFirst();
        }
        boolean byResponses = responses.size() >= PROOF;
        skew = byResponses ? byResponses() : byEvents();
        if (skew.abs().compareTo(SMALL) < 0) {
            isLogged = false;
        }
        // An old event may have been delayed; an event in the future proves that this clock is behind.
        boolean isProven = byResponses || !skew.isNegative();
        if (isProven && !isLogged && skew.abs().compareTo(LARGE) >= 0) {
            isLogged = true;
            log.warn(
                    "This machine's clock is {} s {} Twilio's; hangupby corrects the ages of events. Synchronize the clock by NTP:"
                            + " times in the journal and in the log are wrong, also for other nodes",
                    skew.abs().toSeconds(),
                    skew.isNegative() ? "ahead of" : "behind");
        }
    }

    private Duration byResponses() {
        return responses.stream()
                .sorted()
                .skip(responses.size() / 2)
                .findFirst()
                .orElse(Duration.ZERO);
    }

    private Duration byEvents() {
        if (events.isEmpty()) {
            return Duration.ZERO;
        }
        Duration youngest = Collections.max(events);
        boolean isDelivery =
                youngest.compareTo(NEGLIGIBLE) <= 0 && youngest.negated().compareTo(DELIVERED_WITHIN) <= 0;
        return isDelivery ? Duration.ZERO : youngest;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }

    /** The system's time at the start, and the time that has passed since. */
    private static final class SteadyClock extends Clock {
        private final Instant start;
        private final long startNanos = System.nanoTime();

        SteadyClock(Instant start) {
            this.start = start;
        }

        @Override
        public Instant instant() {
            return start.plusNanos(System.nanoTime() - startNanos);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
