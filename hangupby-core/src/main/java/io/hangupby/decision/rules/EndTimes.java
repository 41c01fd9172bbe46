package io.hangupby.decision.rules;

import java.time.Duration;
import java.time.Instant;

/**
 * Compares the time at which a leg's Call ended with another end: of the other leg, or of the conference. Twilio's Calls show
 * whole seconds, and the end of a leg ends the other leg within a second. Ends further apart are two events.
 */
final class EndTimes {
    private static final Duration APART = Duration.ofSeconds(2);

    private EndTimes() {}

    /** Returns whether the Call ended two seconds or more before the other end. */
    static boolean isClearlyBefore(Instant ended, Instant other) {
        return !ended.plus(APART).isAfter(other);
    }

    /** Returns whether the Call ended less than two seconds before or after the other end. */
    static boolean isTogether(Instant ended, Instant other) {
        return Duration.between(ended, other).abs().compareTo(APART) < 0;
    }

    /** Returns whether the Call ended more than two seconds after the other end, so the other end did not cause it. */
    static boolean hasOutlived(Instant ended, Instant other) {
        return ended.isAfter(other.plus(APART));
    }
}
