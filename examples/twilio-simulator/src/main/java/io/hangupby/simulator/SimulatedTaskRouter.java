package io.hangupby.simulator;

import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.account.InsightsSnapshot;
import io.hangupby.simulator.internal.account.AccountState;
import io.hangupby.simulator.internal.account.ReservationState;
import io.hangupby.simulator.internal.account.ReservationState.Status;
import io.hangupby.simulator.internal.account.SimulatedConference;
import io.hangupby.simulator.internal.account.TaskState;
import io.hangupby.simulator.internal.account.TaskTransfer;
import java.util.List;
import java.util.Optional;

/** What TaskRouter does with the task when the conference changes. Guarded by the account's lock. */
final class SimulatedTaskRouter {

    static final String ENDED = "Conference ended";

    private final CallState state;

    SimulatedTaskRouter(CallState state) {
        this.state = state;
    }

    /** Applies the changes of the conference to the task. */
    void settle(AccountState.Moment moment) {
        state.conference().ifPresent(conference -> {
            if (conference.hasEnded()) {
                failOpenTransfers(moment);
            }
            wrapUp(departed(conference), moment);
        });
    }

    /** Cancels the transfers and offers that are open: there is no customer any more. */
    private void failOpenTransfers(AccountState.Moment moment) {
        state.task()
                .reservations(Status.PENDING)
                .forEach(ringing -> moment.move(state.task(), ringing, Status.CANCELED));
        state.transfers().stream().filter(TaskTransfer::isOpen).forEach(transfer -> {
            transfer.fail("conference ended");
            emit(transfer, moment);
        });
    }

    /** Cancels the transfers that nobody has accepted. */
    void cancelOpenTransfers(AccountState.Moment moment) {
        state.transfers().stream().filter(TaskTransfer::isOpen).forEach(transfer -> {
            transfer.become(TaskTransfer.Status.CANCELED);
            emit(transfer, moment);
        });
    }

    void emit(TaskTransfer transfer, AccountState.Moment moment) {
        moment.emitTransferEvent(
                transfer.status().eventType(),
                state.task(),
                transfer,
                state.options().transferEventsInFull());
    }

    private List<ReservationState> departed(SimulatedConference conference) {
        return state.task().reservations(Status.ACCEPTED).stream()
                .filter(reservation -> conference.leg(reservation.agent()).isEmpty())
                .toList();
    }

    /** Moves the reservations of these agents into wrap-up; with the last agent the task goes into wrap-up too. */
    void wrapUp(List<ReservationState> leaving, AccountState.Moment moment) {
        TaskState task = state.task();
        settleTransfers(leaving, moment);
        leaving.forEach(reservation -> reservation.become(Status.WRAPPING, moment.at()));
        List<ReservationState> wrapping = task.reservations(Status.WRAPPING);
        boolean over = task.isWithAgents() && !isStillOpen();
        if (over && !wrapping.isEmpty()) {
            task.become(TaskState.Status.WRAPPING, ENDED, moment.at());
        }
        leaving.forEach(reservation -> moment.emitReservationEvent(task, reservation));
        if (over && wrapping.isEmpty()) {
            complete(lastAgent(), moment);
        } else if (over) {
            moment.emitTaskEvent(
                    "task.wrapup", task, wrapping.get(wrapping.size() - 1).agent());
        }
    }

    /** Completes a transfer if its initiator leaves first, and cancels it if its target leaves first. */
    private void settleTransfers(List<ReservationState> leaving, AccountState.Moment moment) {
        for (TaskTransfer transfer : state.transfers()) {
            boolean initiatorLeaves = leaving.contains(transfer.initiator());
            boolean targetLeaves = transfer.target().filter(leaving::contains).isPresent();
            boolean accepted = transfer.isUnderWay() && transfer.target().isPresent();
            if (accepted && initiatorLeaves != targetLeaves) {
                transfer.become(initiatorLeaves ? TaskTransfer.Status.COMPLETE : TaskTransfer.Status.CANCELED);
                emit(transfer, moment);
            }
        }
    }

    /** Returns whether an agent has the call or can still get it. */
    private boolean isStillOpen() {
        return state.task().hasOpenReservation() || state.transfers().stream().anyMatch(TaskTransfer::isOpen);
    }

    /** An agent completes the after-call work, and Flex Insights copies the attributes. */
    void complete(ReservationState reservation, AccountState.Moment moment) {
        TaskState task = state.task();
        boolean outOfTurn =
                task.reservations(Status.WRAPPING).stream().anyMatch(other -> leftBefore(other, reservation));
        reservation.complete(InsightsSnapshot.of(moment.at(), task.attributes()), outOfTurn);
        moment.emitReservationEvent(task, reservation);
        boolean last = task.reservations(Status.WRAPPING).isEmpty() && !isStillOpen();
        if (last && !task.isOver()) {
            complete(reservation.agent(), moment);
        }
    }

    private static boolean leftBefore(ReservationState other, ReservationState reservation) {
        Optional<Boolean> earlier =
                other.wrapUp().flatMap(theirs -> reservation.wrapUp().map(theirs::isBefore));
        return earlier.orElse(false);
    }

    private void complete(Agent agent, AccountState.Moment moment) {
        state.task().become(TaskState.Status.COMPLETED, ENDED, moment.at());
        moment.emitTaskEvent("task.completed", state.task(), agent);
    }

    private Agent lastAgent() {
        List<ReservationState> done = state.task().reservations(Status.COMPLETED);
        return done.get(done.size() - 1).agent();
    }
}
