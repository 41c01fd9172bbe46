package io.hangupby.decision.rules;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether two legs, or a leg and the conference, ended together. Twilio's Calls show whole seconds, and the end of one ends the
 * other within a second. Ends that are two seconds apart are two events.
 */
final class EndTimes {
    private static final Duration APART = Duration.ofSeconds(2);

    private EndTimes() {}

    /** Returns whether one ended at least two seconds before the other. */
    static boolean isClearlyBefore(Instant ended, Instant other) {
        return !ended.plus(APART).isAfter(other);
    }

    /** Returns whether less than two seconds lie between the ends. */
    static boolean isTogether(Instant ended, Instant other) {
        return Duration.between(ended, other).abs().compareTo(APART) < 0;
    }

    /** Returns whether one ended more than two seconds after the other, which therefore did not end it. */
    static boolean hasOutlived(Instant ended, Instant other) {
        return ended.isAfter(other.plus(APART));
    }
}
