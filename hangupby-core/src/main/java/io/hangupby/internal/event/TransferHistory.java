package io.hangupby.internal.event;

import io.hangupby.call.ReservationSid;
import io.hangupby.call.Transfer;
import io.hangupby.internal.event.TaskRouterEvent.TransferEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Derives a task's transfers from their events. */
final class TransferHistory {
    private TransferHistory() {}

    /** Returns the transfers, oldest first. A later event of a transfer belongs to the latest one of the same starter. */
    static List<Transfer> of(List<TaskRouterEvent> events, Map<ReservationSid, ReservationHistory> reservations) {
        List<Transfer> transfers = new ArrayList<>();
        for (TaskRouterEvent event : events) {
            if (event instanceof TransferEvent step) {
                Optional<ReservationSid> starter = step.startedBy().or(() -> onlyAgentAt(reservations, step.at()));
                int known = latestOf(transfers, starter);
                if (step.type() == EventType.TRANSFER_INITIATED || known < 0) {
                    transfers.add(new Transfer(starter, step.mode(), step.at(), failedAt(step)));
                } else if (step.type().failsTransfer()) {
                    Transfer started = transfers.get(known);
                    transfers.set(known, new Transfer(starter, started.mode(), started.started(), failedAt(step)));
                }
            }
        }
        return transfers;
    }

    private static Optional<Instant> failedAt(TransferEvent step) {
        return step.type().failsTransfer() ? Optional.of(step.at()) : Optional.empty();
    }

    private static int latestOf(List<Transfer> transfers, Optional<ReservationSid> starter) {
        for (int i = transfers.size() - 1; i >= 0; i--) {
            if (transfers.get(i).startedBy().equals(starter)) {
                return i;
            }
        }
        return -1;
    }

    /** If an event does not name the starter, and a single agent was in the conversation, that agent is the starter. */
    private static Optional<ReservationSid> onlyAgentAt(
            Map<ReservationSid, ReservationHistory> reservations, Instant moment) {
        List<ReservationSid> present = reservations.values().stream()
                .filter(history ->
                        history.accepted() && history.otherAgent(List.of()).wasPresentAt(moment))
                .map(ReservationHistory::reservation)
                .toList();
        return present.size() == 1 ? Optional.of(present.get(0)) : Optional.empty();
    }
}
