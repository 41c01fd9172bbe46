package io.hangupby.simulator;

import io.hangupby.simulator.ReservationState.Status;
import java.util.Optional;

/** How agents hand a call on to others. */
final class Transfers {

    private final Scene scene;

    Transfers(Scene scene) {
        this.scene = scene;
    }

    /** The customer is put on hold and the call is offered to another agent, or to a queue. */
    void starts(Agent from, Optional<Agent> to, Transfer.Mode mode) {
        scene.change(moment -> {
            Transfer transfer = new Transfer(
                    scene.sids().next("TT"),
                    scene.reservation(from, Status.ACCEPTED),
                    mode,
                    to,
                    to.map(Agent::workerSid).orElse(scene.workplace().queueSid()),
                    moment.at());
            scene.transfers().add(transfer);
            moment.own(transfer.sid(), scene.task().sid());
            scene.leg(from).handingOver(mode == Transfer.Mode.COLD);
            Leg customer = scene.leg(Party.Kind.CUSTOMER);
            if (!customer.isOnHold()) {
                scene.meeting().hold(customer, true);
            }
            scene.router().tell(transfer, moment);
        });
    }

    /** The agent who was asked does not come. A queue has others to ask; a single agent has not. */
    static void refused(Scene scene, Transfer transfer, Status how, World.Moment moment) {
        if (transfer.isToQueue()) {
            moment.tellTransfer(
                    "task.transfer-attempt-failed",
                    scene.task(),
                    transfer,
                    scene.options().transferEventsInFull());
        } else {
            fails(scene, transfer, "reservation " + how.wire(), moment);
        }
    }

    private static void fails(Scene scene, Transfer transfer, String why, World.Moment moment) {
        transfer.fail(why);
        staysOn(scene, transfer);
        scene.router().tell(transfer, moment);
    }

    private static void staysOn(Scene scene, Transfer transfer) {
        scene.meeting().leg(transfer.initiator().agent()).ifPresent(leg -> leg.handingOver(false));
    }

    /** Nobody of the queue takes it. */
    void failsForGood(Agent from) {
        scene.change(moment -> fails(scene, underWay(from), "no worker available", moment));
    }

    /** The agent takes the transfer back. Who is being asked is asked no more; who has come is sent away. */
    void cancelled(Agent from) {
        scene.change(moment -> {
            Transfer transfer = underWay(from);
            if (transfer.target().isEmpty()) {
                scene.task()
                        .reservations(Status.PENDING)
                        .forEach(ringing -> moment.move(scene.task(), ringing, Status.CANCELED));
            }
            transfer.target().ifPresent(reservation -> sentAway(reservation.agent(), moment));
            transfer.become(Transfer.Status.CANCELED);
            staysOn(scene, transfer);
            scene.router().tell(transfer, moment);
        });
    }

    private void sentAway(Agent agent, World.Moment moment) {
        scene.truth().ended(Ending.Act.CONSULTED, agent);
        scene.meeting().kick(scene.leg(agent), moment.at());
    }

    private Transfer underWay(Agent from) {
        return scene.transfers().stream()
                .filter(Transfer::isUnderWay)
                .filter(transfer -> transfer.initiator().agent().equals(from))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(from.name() + " has no transfer under way"));
    }
}
