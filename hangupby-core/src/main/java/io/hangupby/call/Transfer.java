package io.hangupby.call;

import java.time.Instant;
import java.util.Optional;

/**
 * A transfer of the task to another agent or to a queue. Immutable.
 *
 * @param startedBy the reservation whose agent started it, if known
 * @param mode warm or cold, if known
 * @param started when it started
 * @param failedAt when it failed for good or was cancelled, if it was
 */
public record Transfer(
        Optional<ReservationSid> startedBy, Optional<Mode> mode, Instant started, Optional<Instant> failedAt) {

    /** How a call is transferred. */
    public enum Mode {
        /** The agent stays until the other one has joined. */
        WARM,
        /** The agent leaves at once. */
        COLD
    }

    /** Returns whether this agent started it, in this mode. */
    public boolean is(ReservationSid starter, Mode expected) {
        return startedBy.stream().anyMatch(starter::equals) && is(expected);
    }

    /** Returns whether it has this mode. */
    public boolean is(Mode expected) {
        return mode.stream().anyMatch(expected::equals);
    }

    /** Returns whether it had started, and not failed, by a moment. */
    public boolean activeAt(Instant moment) {
        return !started.isAfter(moment) && failedAt.stream().noneMatch(then -> !then.isAfter(moment));
    }

    /**
     * Returns whether it could have invited an agent whose reservation was created at a moment; a transfer that is cancelled
     * in that very moment had invited the agent before.
     */
    public boolean couldHaveInvitedAt(Instant moment) {
        return !started.isAfter(moment) && failedAt.stream().noneMatch(then -> then.isBefore(moment));
    }
}
