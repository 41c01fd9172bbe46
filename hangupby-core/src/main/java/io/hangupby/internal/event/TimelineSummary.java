package io.hangupby.internal.event;

import io.hangupby.call.ReservationSid;
import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;
import io.hangupby.call.Transfer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What follows from TaskRouter's events of a task. Immutable.
 *
 * @param reservations the history of each reservation, in the order in which the agents were invited
 * @param transfers the transfers, oldest first
 * @param taskWrapUp when the task went into wrap-up, if an event says
 * @param segments the segments whose agents have left the conversation, in the order in which the agents were invited
 */
record TimelineSummary(
        Map<ReservationSid, ReservationHistory> reservations,
        List<Transfer> transfers,
        Optional<Instant> taskWrapUp,
        List<Segment> segments) {

    /** Keeps the order of the map. */
    TimelineSummary {
        reservations = Collections.unmodifiableMap(reservations);
        transfers = List.copyOf(transfers);
        segments = List.copyOf(segments);
    }

    static TimelineSummary of(TaskRef task, List<TaskRouterEvent> events) {
        Map<ReservationSid, ReservationHistory> reservations = ReservationHistory.of(events);
        Optional<Instant> taskWrapUp = taskWrapUp(events);
        return new TimelineSummary(
                reservations,
                TransferHistory.of(events, reservations),
                taskWrapUp,
                segments(task, reservations.values(), taskWrapUp));
    }

    private static Optional<Instant> taskWrapUp(List<TaskRouterEvent> events) {
        for (TaskRouterEvent event : events) {
            if (event.type() == EventType.TASK_WRAPUP) {
                return Optional.of(event.at());
            }
        }
        return Optional.empty();
    }

    private static List<Segment> segments(
            TaskRef task, Collection<ReservationHistory> reservations, Optional<Instant> taskWrapUp) {
        Optional<ReservationHistory> lastAgent = taskWrapUp.flatMap(at -> lastAgentAt(reservations, at));
        List<Segment> segments = new ArrayList<>();
        for (ReservationHistory history : reservations) {
            history.left()
                    .or(() -> lastAgent.filter(history::equals).flatMap(last -> taskWrapUp))
                    .ifPresent(left -> segments.add(history.segment(task, left)));
        }
        return segments;
    }

    /** The task's wrap-up counts as an agent's wrap-up only if a single agent is left. */
    private static Optional<ReservationHistory> lastAgentAt(
            Collection<ReservationHistory> reservations, Instant taskWrapUp) {
        boolean anyAccepted = reservations.stream().anyMatch(ReservationHistory::accepted);
        List<ReservationHistory> candidates = reservations.stream()
                .filter(history -> history.left().isEmpty() && history.lastedUntil(taskWrapUp))
                .filter(history -> history.accepted() || !anyAccepted)
                .toList();
        return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
    }
}
