package io.hangupby.decision;

import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.Role;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the customer or the agent left first. The order counts only if both leaves are known. Immutable.
 *
 * @param customer when and why the customer's leg left, if a status callback said so
 * @param agent when and why the agent's leg left, if a status callback said so and the leg is known to be the agent's
 */
record LeaveOrder(Optional<ParticipantLeft> customer, Optional<ParticipantLeft> agent) {

    /** Returns the order in this log, for an agent who left at a moment. */
    static LeaveOrder in(ParticipantLog log, LegRoles roles, Instant agentLeft) {
        return new LeaveOrder(
                roles.customer().flatMap(log::leave),
                log.leavesNear(agentLeft).stream()
                        .filter(left -> roles.of(left.leg()) == Role.AGENT)
                        .findFirst());
    }

    boolean customerFirst() {
        return agent.stream().anyMatch(this::customerBefore);
    }

    boolean agentFirst() {
        return agent.stream().anyMatch(this::customerAfter);
    }

    /** Returns whether the customer left before this leg. */
    boolean customerBefore(ParticipantLeft other) {
        return customer.stream().anyMatch(left -> left.precedes(other));
    }

    /** Returns whether the customer left after this leg. */
    boolean customerAfter(ParticipantLeft other) {
        return customer.stream().anyMatch(other::precedes);
    }
}
