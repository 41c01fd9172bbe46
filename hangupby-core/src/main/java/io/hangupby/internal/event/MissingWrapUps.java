package io.hangupby.internal.event;

import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.Segment;
import java.util.Collection;
import java.util.Optional;

/**
 * Finds whether another agent's wrap-up is missing in a timeline. Immutable.
 *
 * @param reservations the reservations of the task
 * @param log the log of the conference, if the log is whole
 */
record MissingWrapUps(Collection<ReservationHistory> reservations, Optional<ParticipantLog> log) {

    /** Returns whether the log shows a leg that left before this segment's agent, and no known wrap-up explains it. */
    boolean areProvenFor(Segment segment) {
        return log.stream()
                .anyMatch(whole -> whole.leaves().stream().anyMatch(left -> isUnexplained(left, whole, segment)));
    }

    private boolean isUnexplained(ParticipantLeft left, ParticipantLog whole, Segment segment) {
        return left.hungUpOrWasTakenOut()
                && !left.at().isAfter(segment.left())
                && whole.customer().stream().noneMatch(left.leg()::equals)
                && reservations.stream()
                        .flatMap(history -> history.left().stream())
                        .noneMatch(wrapUp -> whole.leavesNear(wrapUp).contains(left));
    }
}
