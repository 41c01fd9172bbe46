package io.hangupby.simulator;

import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.account.Party;
import io.hangupby.simulator.internal.account.AccountState;
import io.hangupby.simulator.internal.account.ConferenceLeg;
import io.hangupby.simulator.internal.account.ReservationState.Status;
import io.hangupby.simulator.internal.account.TaskTransfer;
import java.util.Optional;

/** The steps of a transfer to another agent or a queue. */
final class TransferSteps {

    private final CallState state;

    TransferSteps(CallState state) {
        this.state = state;
    }

    /** Puts the customer on hold and offers the call to another agent or a queue. */
    void starts(Agent from, Optional<Agent> to, TaskTransfer.Mode mode) {
        state.change(moment -> {
            TaskTransfer transfer = new TaskTransfer(
                    state.sids().next("TT"),
                    state.reservation(from, Status.ACCEPTED),
                    mode,
                    to,
                    to.map(Agent::workerSid).orElse(state.workspace().queueSid()),
                    moment.at());
            state.transfers().add(transfer);
            moment.own(transfer.sid(), state.task().sid());
            state.leg(from).handingOver(mode == TaskTransfer.Mode.COLD);
            ConferenceLeg customer = state.leg(Party.Kind.CUSTOMER);
            if (!customer.isOnHold()) {
                state.requireConference().hold(customer, true);
            }
            state.router().emit(transfer, moment);
        });
    }

    /** The offer is declined: the transfer to an agent fails, while that to a queue goes on to other agents. */
    static void declined(CallState state, TaskTransfer transfer, Status how, AccountState.Moment moment) {
        if (transfer.isToQueue()) {
            moment.emitTransferEvent(
                    "task.transfer-attempt-failed",
                    state.task(),
                    transfer,
                    state.options().transferEventsInFull());
        } else {
            fails(state, transfer, "reservation " + how.wire(), moment);
        }
    }

    private static void fails(CallState state, TaskTransfer transfer, String why, AccountState.Moment moment) {
        transfer.fail(why);
        handOverEnds(state, transfer);
        state.router().emit(transfer, moment);
    }

    private static void handOverEnds(CallState state, TaskTransfer transfer) {
        state.requireConference().leg(transfer.initiator().agent()).ifPresent(leg -> leg.handingOver(false));
    }

    /** No agent of the queue accepts the transfer. */
    void queueTransferFails(Agent from) {
        state.change(moment -> fails(state, underWay(from), "no worker available", moment));
    }

    /** The agent cancels the transfer: open offers are cancelled, and a target agent who has joined is removed. */
    void cancelled(Agent from) {
        state.change(moment -> {
            TaskTransfer transfer = underWay(from);
            if (transfer.target().isEmpty()) {
                state.task()
                        .reservations(Status.PENDING)
                        .forEach(ringing -> moment.move(state.task(), ringing, Status.CANCELED));
            }
            transfer.target().ifPresent(reservation -> removeTarget(reservation.agent(), moment));
            transfer.become(TaskTransfer.Status.CANCELED);
            handOverEnds(state, transfer);
            state.router().emit(transfer, moment);
        });
    }

    private void removeTarget(Agent agent, AccountState.Moment moment) {
        state.expectedOutcomes().ended(ExpectedOutcome.Cause.CONSULTED, agent);
        state.requireConference().kick(state.leg(agent), moment.at());
    }

    private TaskTransfer underWay(Agent from) {
        return state.transfers().stream()
                .filter(TaskTransfer::isUnderWay)
                .filter(transfer -> transfer.initiator().agent().equals(from))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(from.name() + " has no transfer under way"));
    }
}
