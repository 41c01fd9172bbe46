package io.hangupby.decision;

import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.Role;
import io.hangupby.call.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the customer or the agent left first. The order counts only if both leaves are known. Immutable.
 *
 * @param customer when and why the customer's leg left, if a status callback said so
 * @param agent when and why the agent's leg left, if a status callback said so and the leg is known to be the agent's
 */
record LeaveOrder(Optional<ParticipantLeft> customer, Optional<ParticipantLeft> agent) {
    /** Returns the order in this log, for the agent of a segment. */
    static LeaveOrder in(ParticipantLog log, LegRoles roles, Segment segment) {
        return new LeaveOrder(roles.customer().flatMap(log::leave), agent(log, roles, segment));
    }

    private static Optional<ParticipantLeft> agent(ParticipantLog log, LegRoles roles, Segment segment) {
        Optional<ParticipantLeft> nearest = Optional.empty();
        for (ParticipantLeft left : log.leavesNear(segment.left())) {
            boolean isAgents = roles.of(left.leg()) == Role.AGENT && isOf(segment, left, roles);
            if (isAgents && (nearest.isEmpty() || isNearer(left, nearest.get(), segment))) {
                nearest = Optional.of(left);
            }
        }
        return nearest;
    }

    private static boolean isNearer(ParticipantLeft left, ParticipantLeft other, Segment segment) {
        return distance(left, segment.left()).compareTo(distance(other, segment.left())) < 0;
    }

    /** A worker can have several reservations of a task, within seconds. A leave belongs to the nearest of them. */
    private static boolean isOf(Segment segment, ParticipantLeft left, LegRoles roles) {
        Duration own = distance(left, segment.left());
        return roles.sharingDevice()
                .flatMap(other -> other.left().stream())
                .noneMatch(otherLeft -> distance(left, otherLeft).compareTo(own) < 0);
    }

    private static Duration distance(ParticipantLeft left, Instant moment) {
        return Duration.between(left.at(), moment).abs();
    }

    boolean customerFirst() {
        return agent.stream().anyMatch(this::customerBefore);
    }

    boolean agentFirst() {
        return agent.stream().anyMatch(this::customerAfter);
    }

    /** Returns whether the customer's leg was removed or moved before the agent left. */
    boolean customerWasTakenOut() {
        return !agentFirst() && customer.stream().anyMatch(LeaveOrder::wasTakenOut);
    }

    /** Returns whether the agent's leg was removed before the customer left. */
    boolean agentWasTakenOut() {
        return !customerFirst() && agent.stream().anyMatch(LeaveOrder::wasTakenOut);
    }

    private static boolean wasTakenOut(ParticipantLeft left) {
        return left.is(ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API);
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
