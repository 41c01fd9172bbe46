package io.hangupby.simulator;

import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.account.Party;
import io.hangupby.simulator.internal.account.AccountState;
import io.hangupby.simulator.internal.account.ApiLag;
import io.hangupby.simulator.internal.account.ConferenceLeg;
import io.hangupby.simulator.internal.account.PhoneCall;
import io.hangupby.simulator.internal.account.ReservationState;
import io.hangupby.simulator.internal.account.ReservationState.Status;
import io.hangupby.simulator.internal.account.SimulatedConference;
import io.hangupby.simulator.internal.account.TaskState;
import io.hangupby.simulator.internal.account.TaskTransfer;
import io.hangupby.simulator.internal.text.InPlaceJson;
import java.util.Optional;

/** The steps by which agents and customers are connected. */
final class ConnectSteps {

    private final CallState state;

    ConnectSteps(CallState state) {
        this.state = state;
    }

    void begins(Optional<PhoneCall> caller) {
        state.account().change(moment -> {
            moment.add(state.task());
            caller.ifPresent(call -> {
                state.customer(call);
                state.add(call, moment);
            });
            moment.emitTaskEvent("task.created", state.task());
            moment.emitQueueEvent("workflow.entered", state.task());
        });
    }

    void waitsInQueue() {
        state.account().change(moment -> {
            moment.emitQueueEvent("workflow.target-matched", state.task());
            moment.emitQueueEvent("task-queue.entered", state.task());
        });
    }

    void rings(Agent agent) {
        state.change(moment -> {
            TaskState task = state.task();
            boolean noAgentYet = task.reservations(Status.ACCEPTED).isEmpty();
            ReservationState reservation = task.reserve(state.sids().next("WR"), agent, moment.at());
            moment.own(reservation.sid(), task.sid());
            if (noAgentYet) {
                task.become(TaskState.Status.RESERVED, moment.at());
            }
            moment.emitReservationEvent(task, reservation);
        });
    }

    private void ringIfNotRinging(Agent agent) {
        boolean ringing =
                state.read(() -> state.task().reservation(agent, Status.PENDING).isPresent());
        if (!ringing) {
            rings(agent);
        }
    }

    void accepts(Agent agent) {
        ringIfNotRinging(agent);
        state.change(moment -> {
            TaskState task = state.task();
            ReservationState reservation = state.reservation(agent, Status.PENDING);
            task.become(TaskState.Status.ASSIGNED, moment.at());
            moment.move(task, reservation, Status.ACCEPTED);
            if (state.conference().isPresent()) {
                joins(reservation, moment);
            } else if (state.options().dequeued()) {
                dequeue(reservation, moment);
            } else if (state.kind() != CallState.Kind.VOICEMAIL) {
                connect(reservation, moment);
            }
        });
    }

    /** The agent's leg is a child of the customer's call. */
    private void dequeue(ReservationState reservation, AccountState.Moment moment) {
        state.customer()
                .ifPresent(call -> state.dequeuedLeg(
                        state.dialChild(call, reservation.agent().contactUri(), PhoneCall.Status.IN_PROGRESS, moment)));
    }

    private void connect(ReservationState reservation, AccountState.Moment moment) {
        SimulatedConference conference = state.openConference(reservation, moment);
        PhoneCall agentCall = dial(reservation, moment);
        state.customer()
                .ifPresent(call -> conference.join(new ConferenceLeg(
                        call, Party.CUSTOMER, state.options().customerEndsConference(), moment.at())));
        conference.publish(moment.at(), ApiLag.NONE);
        edit(conference(conference, agentCall), moment, "conference");
    }

    private PhoneCall dial(ReservationState reservation, AccountState.Moment moment) {
        Agent agent = reservation.agent();
        PhoneCall call = state.dial(
                state.options().agentLegTo().orElse(agent.contactUri()), PhoneCall.Status.IN_PROGRESS, moment);
        boolean first = state.requireConference().legs().isEmpty();
        state.requireConference()
                .join(new ConferenceLeg(
                        call, Party.of(agent), first && state.options().agentEndsConference(), moment.at()));
        return call;
    }

    private String conference(SimulatedConference conference, PhoneCall worker) {
        String participants = state.customer()
                .map(call -> ",\"customer\":\"" + call.sid() + "\"")
                .orElse("");
        return "{\"sid\":\"" + conference.sid() + "\",\"participants\":{\"worker\":\"" + worker.sid() + "\""
                + participants + "}}";
    }

    /** The target agent of a transfer joins the conference. */
    private void joins(ReservationState reservation, AccountState.Moment moment) {
        PhoneCall call = dial(reservation, moment);
        state.transfers().stream()
                .filter(transfer -> transfer.isFor(reservation.agent()))
                .findFirst()
                .ifPresent(transfer -> completeTransfer(transfer, reservation, moment));
        if (state.options().workerReplaced()) {
            edit(InPlaceJson.quote(call.sid()), moment, "conference", "participants", "worker");
        }
    }

    private void completeTransfer(TaskTransfer transfer, ReservationState by, AccountState.Moment moment) {
        transfer.acceptedBy(by);
        if (transfer.mode() == TaskTransfer.Mode.COLD) {
            state.requireConference()
                    .leg(Party.Kind.CUSTOMER)
                    .filter(ConferenceLeg::isOnHold)
                    .ifPresent(leg -> state.requireConference().hold(leg, false));
        }
        if (!state.options().transferOpenUntilLeft()) {
            transfer.become(TaskTransfer.Status.COMPLETE);
            state.router().emit(transfer, moment);
        }
    }

    private void edit(String raw, AccountState.Moment moment, String... path) {
        state.task().edit(text -> InPlaceJson.set(text, raw, path), moment.at());
        moment.emitTaskEvent("task.updated", state.task());
    }

    /** The agent rejects the reservation or lets it time out. */
    void declines(Agent agent, Status how) {
        ringIfNotRinging(agent);
        state.change(moment -> {
            Optional<TaskTransfer> offered = state.transfers().stream()
                    .filter(transfer -> transfer.isFor(agent))
                    .findFirst();
            if (offered.isEmpty()) {
                state.task().become(TaskState.Status.PENDING, moment.at());
            }
            moment.move(state.task(), state.reservation(agent, Status.PENDING), how);
            offered.ifPresent(transfer -> TransferSteps.declined(state, transfer, how, moment));
        });
    }

    void dials(Agent agent, String number) {
        state.account().change(moment -> state.customer(state.dial(number, PhoneCall.Status.RINGING, moment)));
        accepts(agent);
    }

    void dialsColleague(Agent agent, Agent colleague) {
        accepts(agent);
        state.change(moment -> state.requireConference()
                .join(new ConferenceLeg(
                        state.dial(colleague.contactUri(), PhoneCall.Status.IN_PROGRESS, moment),
                        Party.colleague(colleague),
                        state.options().customerEndsConference(),
                        moment.at())));
    }

    void customerPicksUp() {
        state.change(moment -> state.requireConference().pickUp(state.leg(Party.Kind.CUSTOMER), moment.at()));
    }
}
