package io.hangupby.internal.processing;

import io.hangupby.call.ReservationSid;
import io.hangupby.internal.facts.Spread;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says when to collect the evidence again of segments that Twilio may still show as of the moment before their end. The
 * schedule goes by the time since a segment was first found unsettled: failed attempts do not count, and being woken in between
 * does not shorten the wait. Thread-safe.
 */
final class SettleSchedule {
    private final Spread settleTimes = new Spread();
    private static final List<Duration> AGAIN_AFTER = List.of(
            Duration.ofMillis(250),
            Duration.ofMillis(750),
            Duration.ofMillis(1750),
            Duration.ofMillis(3750),
            Duration.ofMillis(7750));
    /** An attempt that comes too soon by no more than this is the attempt that was due. */
    private static final Duration TOO_SOON = Duration.ofMillis(50);

    private static final int REMEMBERED_AT_MOST = 10_000;

    private final Clock clock;
    private final Map<ReservationSid, Instant> first = new LinkedHashMap<>();

    SettleSchedule(Clock clock) {
        this.clock = clock;
    }

    /** Returns how long ago this segment was first found unsettled. */
    synchronized Duration since(ReservationSid reservation) {
        return Optional.ofNullable(first.get(reservation))
                .map(seen -> Duration.between(seen, clock.instant()))
                .orElse(Duration.ZERO);
    }

    /** Returns whether there is no further attempt after so long. */
    static boolean isLast(Duration since) {
        return next(since).isEmpty();
    }

    /** Notes that a segment has its first verdict, for the times that segments take to settle. */
    void settled(ReservationSid reservation) {
        settleTimes.add(since(reservation));
    }

    /** Returns how long segments took to settle, from the first reading of the evidence. */
    Spread settleTimes() {
        return settleTimes;
    }

    /** Remembers that the segment has not settled, and returns how long to wait before the next attempt. */
    synchronized Duration again(ReservationSid reservation) {
        first.putIfAbsent(reservation, clock.instant());
        if (first.size() > REMEMBERED_AT_MOST) {
            first.remove(first.keySet().iterator().next());
        }
        Duration since = since(reservation);
        return next(since).map(at -> at.minus(since)).orElse(Duration.ZERO);
    }

    synchronized void forget(ReservationSid reservation) {
        first.remove(reservation);
    }

    private static Optional<Duration> next(Duration since) {
        return AGAIN_AFTER.stream()
                .filter(at -> at.minus(TOO_SOON).compareTo(since) > 0)
                .findFirst();
    }
}
