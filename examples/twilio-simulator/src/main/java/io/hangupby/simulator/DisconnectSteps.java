package io.hangupby.simulator;

import io.hangupby.simulator.ExpectedOutcome.Cause;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.account.Party;
import io.hangupby.simulator.internal.account.AccountState;
import io.hangupby.simulator.internal.account.ConferenceLeg;
import io.hangupby.simulator.internal.account.PhoneCall;
import io.hangupby.simulator.internal.account.ReservationState;
import io.hangupby.simulator.internal.account.ReservationState.Status;
import io.hangupby.simulator.internal.account.SimulatedConference;
import io.hangupby.simulator.internal.account.TaskState;
import io.hangupby.simulator.internal.account.TaskTransfer;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** The steps by which parties leave a call, and what each of them means for the expected outcome. */
final class DisconnectSteps {

    private final CallState state;

    DisconnectSteps(CallState state) {
        this.state = state;
    }

    void customerLeaves(Cause cause) {
        if (state.options().dequeued()) {
            dequeuedCallEnds(cause);
            return;
        }
        state.change(moment -> {
            boolean waiting = isWaitingForTransfer();
            state.expectedOutcomes().ended(cause);
            state.requireConference().hangUp(state.leg(Party.Kind.CUSTOMER), moment.at());
            if (waiting) {
                state.expectedOutcomes().abandoned(moment);
            }
            if (!state.requireConference().hasEnded()
                    && state.requireConference().connected() > 1) {
                state.expectedOutcomes().needsDepartureOrder();
            }
        });
    }

    /** Returns whether the customer is alone: the agent who started a transfer has left, and nobody has accepted it. */
    private boolean isWaitingForTransfer() {
        return state.task().reservations(Status.ACCEPTED).isEmpty()
                && state.transfers().stream()
                        .anyMatch(transfer -> transfer.target().isEmpty())
                && state.requireConference().connected() == 1;
    }

    void customerGivesUp() {
        if (state.read(() -> state.conference().isPresent())) {
            customerLeaves(Cause.CUSTOMER_HUNG_UP);
            return;
        }
        state.change(moment -> {
            TaskState task = state.task();
            state.customer().ifPresent(call -> call.ended(PhoneCall.Status.COMPLETED, moment.at()));
            task.become(TaskState.Status.CANCELED, "hangup", moment.at());
            task.reservations(Status.PENDING).forEach(ringing -> moment.move(task, ringing, Status.CANCELED));
            state.expectedOutcomes().abandoned(moment);
            moment.emitTaskEvent("task.canceled", task);
        });
    }

    void customerIsNotReached(PhoneCall.Status how) {
        state.change(moment -> {
            state.expectedOutcomes().ended(Cause.NEVER_CONNECTED);
            state.requireConference().addFailed(state.leg(Party.Kind.CUSTOMER), how, moment.at());
        });
        state.change(moment -> state.requireConference()
                .leg(Party.Kind.AGENT)
                .ifPresent(leg -> state.requireConference().hangUp(leg, moment.at())));
    }

    void customerIsRemoved(Agent by) {
        state.change(moment -> {
            state.leg(by);
            state.expectedOutcomes().ended(Cause.AGENT_REMOVED_CUSTOMER);
            state.requireConference().kick(state.leg(Party.Kind.CUSTOMER), moment.at());
        });
    }

    void customerIsMovedOn(Cause cause) {
        state.change(moment -> {
            state.expectedOutcomes().ended(cause);
            state.requireConference().moveOut(state.leg(Party.Kind.CUSTOMER), moment.at());
        });
    }

    /** The agent's transfer is over as soon as it began: the customer waits in a queue again, for another task. */
    void customerIsEnqueuedAgain() {
        state.change(moment -> {
            state.expectedOutcomes().ended(Cause.COLD_TRANSFERRED);
            state.requireConference().moveOut(state.leg(Party.Kind.CUSTOMER), moment.at());
            state.router().cancelOpenTransfers(moment);
        });
    }

    /** The customer's call goes on, with a child call to the number. */
    void customerIsSentTo(Agent by, String number) {
        state.change(moment -> {
            state.leg(by);
            state.expectedOutcomes().ended(Cause.SENT_TO_A_NUMBER, Optional.of(number), any -> true);
            ConferenceLeg customer = state.leg(Party.Kind.CUSTOMER);
            state.requireConference().moveOut(customer, moment.at());
            state.dialChild(customer.call(), number, PhoneCall.Status.RINGING, moment);
        });
    }

    void movedCustomerHangsUp() {
        state.change(moment -> state.customer().ifPresent(call -> {
            call.ended(PhoneCall.Status.COMPLETED, moment.at());
            state.endChildrenOf(call, moment);
        }));
    }

    void agentLeaves(Agent agent, Cause cause) {
        agentDisconnects(agent, cause, SimulatedConference::hangUp);
    }

    /** The API removes the agent's leg. */
    void agentIsRemoved(Agent agent, Cause cause) {
        agentDisconnects(agent, cause, SimulatedConference::kick);
    }

    /** Without a conference both legs end at once, whoever ended them. */
    private void dequeuedCallEnds(Cause cause) {
        state.change(moment -> {
            state.expectedOutcomes().ended(cause);
            boolean byCustomer = cause == Cause.CUSTOMER_HUNG_UP || cause == Cause.CUSTOMER_LOST_SIGNAL;
            PhoneCall.Ending agents = byCustomer ? PhoneCall.Ending.TWILIO : PhoneCall.Ending.PARTY;
            PhoneCall.Ending customers = byCustomer ? PhoneCall.Ending.PARTY : PhoneCall.Ending.TWILIO;
            state.dequeuedLeg().ifPresent(leg -> leg.ended(PhoneCall.Status.COMPLETED, moment.at(), agents));
            state.customer().ifPresent(call -> call.ended(PhoneCall.Status.COMPLETED, moment.at(), customers));
            state.router().wrapUp(state.task().reservations(Status.ACCEPTED), moment);
        });
    }

    private void agentDisconnects(Agent agent, Cause cause, Exit exit) {
        if (state.options().dequeued()) {
            dequeuedCallEnds(cause);
            return;
        }
        state.change(moment -> {
            Cause meant = state.expectedOutcomes().actually(cause);
            SimulatedConference conference = state.requireConference();
            if (cause == Cause.AGENT_CRASHED) {
                state.leg(agent).call().losesConnection();
            }
            exit.of(conference, state.leg(agent), moment.at());
            boolean customerStays = !conference.hasEnded() && conference.has(Party.Kind.CUSTOMER);
            Cause actual = customerStays ? leftBehind(agent, meant) : meant;
            state.expectedOutcomes()
                    .ended(actual, destination(actual), state.expectedOutcomes().by(agent));
            if (conference.hasEnded()) {
                state.expectedOutcomes().ended(Cause.CUT_OFF_BY_COLLEAGUE);
            }
        });
    }

    /** Returns what the agent's departure means if the customer stays, which depends on the other parties. */
    private Cause leftBehind(Agent agent, Cause cause) {
        if (cause == Cause.SUPERVISOR_REMOVED_AGENT) {
            return cause;
        }
        Optional<ReservationState> own = state.task().reservation(agent, Status.ACCEPTED);
        if (own.filter(this::hasColdTransferred).isPresent()) {
            return Cause.COLD_TRANSFERRED;
        }
        if (own.filter(this::hasWarmTransferred).isPresent()) {
            return Cause.WARM_TRANSFERRED;
        }
        if (own.filter(this::wasConsulted).isPresent()) {
            return Cause.CONSULTED;
        }
        if (state.requireConference().has(Party.Kind.AGENT) || !cause.isOnPurpose()) {
            return cause;
        }
        return outsideParty().map(DisconnectSteps::leftWith).orElse(cause);
    }

    private Optional<ConferenceLeg> outsideParty() {
        return state.requireConference().legs().stream()
                .filter(leg -> leg.party().kind().isDialledIn())
                .min(Comparator.comparing(leg -> !leg.isConnected()));
    }

    private static Cause leftWith(ConferenceLeg outside) {
        return outside.isConnected() ? Cause.LEFT_WITH_OUTSIDE_PARTY : Cause.LEFT_WITH_RINGING_PARTY;
    }

    private boolean hasColdTransferred(ReservationState own) {
        return state.transfers().stream()
                .filter(transfer -> transfer.initiator().equals(own) && transfer.mode() == TaskTransfer.Mode.COLD)
                .anyMatch(transfer -> targetIsConnected(transfer) || transfer.isOpen());
    }

    private boolean hasWarmTransferred(ReservationState own) {
        return state.transfers().stream()
                .filter(transfer -> transfer.initiator().equals(own) && transfer.mode() == TaskTransfer.Mode.WARM)
                .anyMatch(this::targetIsConnected);
    }

    /** Returns whether the agent who accepted the transfer is in the conference. */
    private boolean targetIsConnected(TaskTransfer transfer) {
        return transfer.target()
                .flatMap(other -> state.requireConference().leg(other.agent()))
                .isPresent();
    }

    private boolean wasConsulted(ReservationState own) {
        return state.transfers().stream()
                .filter(transfer -> transfer.wasAcceptedBy(own) && transfer.mode() == TaskTransfer.Mode.WARM)
                .anyMatch(transfer -> state.requireConference()
                        .leg(transfer.initiator().agent())
                        .isPresent());
    }

    private Optional<String> destination(Cause cause) {
        return cause == Cause.LEFT_WITH_OUTSIDE_PARTY || cause == Cause.LEFT_WITH_RINGING_PARTY
                ? outsideParty().map(leg -> leg.call().to())
                : Optional.empty();
    }

    void agentCancelsDial(Agent agent) {
        state.change(moment -> {
            state.expectedOutcomes().ended(Cause.AGENT_CANCELLED_DIAL);
            ConferenceLeg leg = state.leg(agent);
            if (!leg.endOnExit()) {
                state.requireConference()
                        .addFailed(state.leg(Party.Kind.CUSTOMER), PhoneCall.Status.CANCELED, moment.at());
            }
            state.requireConference().hangUp(leg, moment.at());
        });
    }

    void agentEndsForAll(Agent agent) {
        state.change(moment -> {
            state.expectedOutcomes().ended(Cause.AGENT_ENDED_FOR_ALL, agent);
            state.expectedOutcomes().ended(Cause.CUT_OFF_BY_COLLEAGUE);
            state.requireConference().endViaApi(moment.at());
        });
    }

    void programEndsConference() {
        state.change(moment -> {
            state.expectedOutcomes().ended(Cause.PROGRAM_ENDED_CONFERENCE);
            state.requireConference().endViaApi(moment.at());
        });
    }

    /** A party other than the agents and the customer hangs up, which can end the conference. */
    void thirdPartyLeaves(ConferenceLeg leg, Cause ifConferenceEnds, AccountState.Moment moment) {
        state.requireConference().hangUp(leg, moment.at());
        if (state.requireConference().hasEnded()) {
            state.expectedOutcomes().ended(ifConferenceEnds);
        }
    }

    /** How a leg leaves a conference. */
    @FunctionalInterface
    private interface Exit {
        void of(SimulatedConference conference, ConferenceLeg leg, Instant at);
    }
}
