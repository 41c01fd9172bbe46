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
 * The time at Twilio, by which the age of an event is counted: this machine's, corrected by how far the two are apart. Responses
 * say it by their {@code Date}. Until there are three, the events do: one is no older than its delivery takes, and never of the
 * future. Thread-safe.
 */
public final class TwilioClock extends Clock {
    private static final Logger log = LoggerFactory.getLogger(TwilioClock.class);

    /** A header that a proxy made, by a clock of its own, is outvoted. */
    private static final int RESPONSES = 5;

    /** Fewer cannot outvote one. */
    private static final int PROOF = 3;

    private static final int EVENTS = 20;

    /** The header has whole seconds, and the way takes time. */
    private static final Duration NOTHING = Duration.ofSeconds(2);

    /** Deliveries can take this long without anything being wrong with the clock. */
    private static final Duration DELIVERED_WITHIN = Duration.ofMinutes(1);

    private static final Duration LARGE = Duration.ofSeconds(30);

    /** Well below, so that a skew about as large as that is not told again and again. */
    private static final Duration SMALL = Duration.ofSeconds(10);

    private final Clock steady;
    private final Deque<Duration> responses = new ArrayDeque<>();
    private final Deque<Duration> events = new ArrayDeque<>();
    private volatile Duration skew = Duration.ZERO;
    private boolean isTold;

    private TwilioClock(Clock steady) {
        this.steady = steady;
    }

    /** Returns the time at Twilio as far as this clock tells it; the same clock if it is one such already. */
    public static TwilioClock of(Clock clock) {
        if (clock instanceof TwilioClock twilios) {
            return twilios;
        }
        return new TwilioClock(clock.equals(Clock.systemUTC()) ? new SteadyClock(clock.instant()) : clock);
    }

    @Override
    public Instant instant() {
        return steady.instant().plus(skew);
    }

    /** Returns the clock for durations: nobody can set it, and it knows nothing of Twilio's. */
    public Clock steady() {
        return steady;
    }

    /** Returns how far Twilio's clock is ahead of this machine's, zero where they agree within two seconds. */
    public Duration skew() {
        return skew;
    }

    /**
     * A response came, with success.
     *
     * @param sent when its request was sent, by the {@link #steady} clock
     * @param date its {@code Date} header; what cannot be read is ignored
     */
    void responded(Instant sent, String date) {
        try {
            Instant made = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
            Instant received = steady.instant();
            add(responses, RESPONSES, apart(made, sent, received));
        } catch (DateTimeException unreadable) {
            log.debug("a response of Twilio's has no readable Date");
        }
    }

    /** An event was received at about this moment. */
    public void received(Instant eventAt) {
        add(events, EVENTS, Duration.between(steady.instant(), eventAt));
    }

    /** The least by which the clocks are apart: the second of the header began at most a second before the response was made. */
    private static Duration apart(Instant made, Instant sent, Instant received) {
        Duration ahead = Duration.between(received, made);
        Duration behind = Duration.between(sent, made.plusSeconds(1));
        if (ahead.compareTo(NOTHING) > 0) {
            return ahead;
        }
        return behind.negated().compareTo(NOTHING) > 0 ? behind : Duration.ZERO;
    }

    private synchronized void add(Deque<Duration> measured, int atMost, Duration one) {
        measured.addLast(one);
        if (measured.size() > atMost) {
            measured.removeFirst();
        }
        boolean byResponses = responses.size() >= PROOF;
        skew = byResponses ? byResponses() : byEvents();
        if (skew.abs().compareTo(SMALL) < 0) {
            isTold = false;
        }
        // Events that are old may have waited; those of the future prove that the clock is behind.
        boolean isProven = byResponses || !skew.isNegative();
        if (isProven && !isTold && skew.abs().compareTo(LARGE) >= 0) {
            isTold = true;
            log.warn(
                    "This machine's clock is {} s {} Twilio's; ages of events are corrected by that. Set the clock, best by NTP: "
                            + "the times in the journal and in the log are wrong, and other nodes see them",
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
                youngest.compareTo(NOTHING) <= 0 && youngest.negated().compareTo(DELIVERED_WITHIN) <= 0;
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

    /** The system's time at the start, and what has passed since. */
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
