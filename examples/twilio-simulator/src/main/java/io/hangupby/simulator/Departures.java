package io.hangupby.simulator;

import io.hangupby.simulator.Ending.Act;
import io.hangupby.simulator.ReservationState.Status;
import java.time.Instant;
import java.util.Optional;

/** How parties leave a call, and what their leaving is. */
final class Departures {

    private final Scene scene;

    Departures(Scene scene) {
        this.scene = scene;
    }

    // ---- the customer

    void customerLeaves(Act act) {
        scene.change(moment -> {
            boolean waiting = isWaitingForTransfer();
            scene.truth().ended(act);
            scene.meeting().hangUp(scene.leg(Party.Kind.CUSTOMER), moment.at());
            if (waiting) {
                scene.truth().abandoned(moment);
            }
            if (!scene.meeting().hasEnded() && scene.meeting().connected() > 1) {
                scene.truth().needsLeaveOrder();
            }
        });
    }

    /** Says whether the customer is with nobody: handed on by an agent who has left, and taken by none. */
    private boolean isWaitingForTransfer() {
        return scene.task().reservations(Status.ACCEPTED).isEmpty()
                && scene.transfers().stream()
                        .anyMatch(transfer -> transfer.target().isEmpty())
                && scene.meeting().connected() == 1;
    }

    void customerGivesUp() {
        if (scene.look(() -> scene.room().isPresent())) {
            customerLeaves(Act.CUSTOMER_HUNG_UP);
            return;
        }
        scene.change(moment -> {
            TaskState task = scene.task();
            scene.customer().ifPresent(call -> call.ended(PhoneCall.Status.COMPLETED, moment.at()));
            task.become(TaskState.Status.CANCELED, "hangup", moment.at());
            task.reservations(Status.PENDING).forEach(ringing -> moment.move(task, ringing, Status.CANCELED));
            scene.truth().abandoned(moment);
            moment.tellTask("task.canceled", task);
        });
    }

    void customerIsNotReached(PhoneCall.Status how) {
        scene.change(moment -> {
            scene.truth().ended(Act.NEVER_CONNECTED);
            scene.meeting().addFailed(scene.leg(Party.Kind.CUSTOMER), how, moment.at());
        });
        scene.change(moment -> scene.meeting()
                .leg(Party.Kind.AGENT)
                .ifPresent(leg -> scene.meeting().hangUp(leg, moment.at())));
    }

    void customerIsRemoved(Agent by) {
        scene.change(moment -> {
            scene.leg(by);
            scene.truth().ended(Act.AGENT_REMOVED_CUSTOMER);
            scene.meeting().kick(scene.leg(Party.Kind.CUSTOMER), moment.at());
        });
    }

    void customerIsMovedOn(Act act) {
        scene.change(moment -> {
            scene.truth().ended(act);
            scene.meeting().moveOut(scene.leg(Party.Kind.CUSTOMER), moment.at());
        });
    }

    /** The customer's call goes on with a child call to the number. */
    void customerIsSentTo(Agent by, String number) {
        scene.change(moment -> {
            scene.leg(by);
            scene.truth().ended(Act.SENT_TO_A_NUMBER, Optional.of(number), any -> true);
            Leg customer = scene.leg(Party.Kind.CUSTOMER);
            scene.meeting().moveOut(customer, moment.at());
            scene.dialChild(customer.call(), number, moment);
        });
    }

    void movedCustomerHangsUp() {
        scene.change(moment -> scene.customer().ifPresent(call -> {
            call.ended(PhoneCall.Status.COMPLETED, moment.at());
            scene.endChildrenOf(call, moment);
        }));
    }

    // ---- the agent

    void agentLeaves(Agent agent, Act act) {
        agentGoes(agent, act, Room::hangUp);
    }

    /** The agent's leg is taken down by the API. */
    void agentIsRemoved(Agent agent, Act act) {
        agentGoes(agent, act, Room::kick);
    }

    private void agentGoes(Agent agent, Act act, Way out) {
        scene.change(moment -> {
            Act meant = scene.truth().actually(act);
            Room meeting = scene.meeting();
            out.of(meeting, scene.leg(agent), moment.at());
            boolean goesOn = !meeting.hasEnded() && meeting.has(Party.Kind.CUSTOMER);
            Act came = goesOn ? leftBehind(agent, meant) : meant;
            scene.truth().ended(came, destination(came), scene.truth().by(agent));
            if (meeting.hasEnded()) {
                scene.truth().ended(Act.CUT_OFF_BY_COLLEAGUE);
            }
        });
    }

    /** What the agent's leaving is when the customer stays: it depends on with whom. */
    private Act leftBehind(Agent agent, Act act) {
        if (act == Act.SUPERVISOR_REMOVED_AGENT) {
            return act;
        }
        Optional<ReservationState> own = scene.task().reservation(agent, Status.ACCEPTED);
        if (own.filter(this::hasHandedOnCold).isPresent()) {
            return Act.COLD_TRANSFERRED;
        }
        if (own.filter(this::hasHandedOnWarm).isPresent()) {
            return Act.WARM_TRANSFERRED;
        }
        if (own.filter(this::wasConsulted).isPresent()) {
            return Act.CONSULTED;
        }
        boolean withOutsider = scene.meeting().legs().stream()
                .anyMatch(leg -> leg.party().kind().isDialledIn() && leg.isConnected());
        boolean withAgent = scene.meeting().has(Party.Kind.AGENT);
        return withOutsider && !withAgent && act.isOnPurpose() ? Act.LEFT_WITH_OUTSIDE_PARTY : act;
    }

    private boolean hasHandedOnCold(ReservationState own) {
        return scene.transfers().stream()
                .filter(transfer -> transfer.initiator().equals(own) && transfer.mode() == Transfer.Mode.COLD)
                .anyMatch(transfer -> isThere(transfer) || transfer.isStillOpen());
    }

    private boolean hasHandedOnWarm(ReservationState own) {
        return scene.transfers().stream()
                .filter(transfer -> transfer.initiator().equals(own) && transfer.mode() == Transfer.Mode.WARM)
                .anyMatch(this::isThere);
    }

    /** Says whether the agent who took the transfer is in the conference. */
    private boolean isThere(Transfer transfer) {
        return transfer.target()
                .flatMap(other -> scene.meeting().leg(other.agent()))
                .isPresent();
    }

    private boolean wasConsulted(ReservationState own) {
        return scene.transfers().stream()
                .filter(transfer -> transfer.broughtIn(own) && transfer.mode() == Transfer.Mode.WARM)
                .anyMatch(transfer ->
                        scene.meeting().leg(transfer.initiator().agent()).isPresent());
    }

    private Optional<String> destination(Act act) {
        return act == Act.LEFT_WITH_OUTSIDE_PARTY
                ? scene.meeting().legs().stream()
                        .filter(leg -> leg.party().kind().isDialledIn() && leg.isConnected())
                        .map(leg -> leg.call().to())
                        .findFirst()
                : Optional.empty();
    }

    void agentCancelsDial(Agent agent) {
        scene.change(moment -> {
            scene.truth().ended(Act.AGENT_CANCELLED_DIAL);
            Leg leg = scene.leg(agent);
            if (!leg.endOnExit()) {
                scene.meeting().addFailed(scene.leg(Party.Kind.CUSTOMER), PhoneCall.Status.CANCELED, moment.at());
            }
            scene.meeting().hangUp(leg, moment.at());
        });
    }

    void agentEndsForAll(Agent agent) {
        scene.change(moment -> {
            scene.truth().ended(Act.AGENT_ENDED_FOR_ALL, agent);
            scene.truth().ended(Act.CUT_OFF_BY_COLLEAGUE);
            scene.meeting().endViaApi(moment.at());
        });
    }

    void programEndsConference() {
        scene.change(moment -> {
            scene.truth().ended(Act.PROGRAM_ENDED_CONFERENCE);
            scene.meeting().endViaApi(moment.at());
        });
    }

    // ---- anybody else

    /** Somebody other than the agents and the customer hangs up, which may or may not end the conference. */
    void guestLeaves(Leg leg, Act ifThatEndsIt, World.Moment moment) {
        scene.meeting().hangUp(leg, moment.at());
        if (scene.meeting().hasEnded()) {
            scene.truth().ended(ifThatEndsIt);
        }
    }

    /** How a leg is taken out of a conference. */
    @FunctionalInterface
    private interface Way {
        void of(Room room, Leg leg, Instant at);
    }
}
