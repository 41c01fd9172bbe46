package io.hangupby.call;

import java.time.Instant;
import java.util.Optional;

/**
 * A transfer of the task to another agent or to a queue. Immutable.
 *
 * @param startedBy the reservation of the agent who started the transfer, if known
 * @param mode warm or cold, if known
 * @param started when the transfer started
 * @param failedAt when the transfer failed for good or was cancelled, if it was
 */
public record Transfer(
        Optional<ReservationSid> startedBy, Optional<Mode> mode, Instant started, Optional<Instant> failedAt) {

    /** How a call is transferred. */
    public enum Mode {
        /** The agent stays until the other agent has joined. */
        WARM,
        /** The agent leaves at once. */
        COLD
    }

    /** Returns whether this agent started the transfer in this mode. */
    public boolean is(ReservationSid starter, Mode expected) {
        return startedBy.stream().anyMatch(starter::equals) && is(expected);
    }

    /** Returns whether the transfer has this mode. */
    public boolean is(Mode expected) {
        return mode.stream().anyMatch(expected::equals);
    }

    /** Returns whether the transfer had started and had not failed by a moment. */
    public boolean activeAt(Instant moment) {
        return !started.isAfter(moment) && failedAt.stream().noneMatch(then -> !then.isAfter(moment));
    }

    /**
     * Returns whether the transfer could have invited an agent whose reservation was created at a moment. A transfer
     * that was cancelled at the same moment had invited the agent before.
     */
    public boolean couldHaveInvitedAt(Instant moment) {
        return !started.isAfter(moment) && failedAt.stream().noneMatch(then -> then.isBefore(moment));
    }
}
