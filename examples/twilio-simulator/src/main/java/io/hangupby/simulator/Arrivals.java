package io.hangupby.simulator;

import io.hangupby.simulator.ReservationState.Status;
import java.util.Optional;

/** How agents and customers come into a call. */
final class Arrivals {

    private final Scene scene;

    Arrivals(Scene scene) {
        this.scene = scene;
    }

    void begins(Optional<PhoneCall> caller) {
        scene.world().step(moment -> {
            moment.add(scene.task());
            caller.ifPresent(call -> {
                scene.customer(call);
                scene.own(call, moment);
            });
            moment.tellTask("task.created", scene.task());
            moment.tellQueue("workflow.entered", scene.task());
        });
    }

    void waitsInQueue() {
        scene.world().step(moment -> {
            moment.tellQueue("workflow.target-matched", scene.task());
            moment.tellQueue("task-queue.entered", scene.task());
        });
    }

    void rings(Agent agent) {
        scene.change(moment -> {
            TaskState task = scene.task();
            boolean withNobody = task.reservations(Status.ACCEPTED).isEmpty();
            ReservationState reservation = task.reserve(scene.sids().next("WR"), agent, moment.at());
            moment.own(reservation.sid(), task.sid());
            if (withNobody) {
                task.become(TaskState.Status.RESERVED, moment.at());
            }
            moment.tellReservation(task, reservation);
        });
    }

    private void ringsIfNeedBe(Agent agent) {
        boolean ringing =
                scene.look(() -> scene.task().reservation(agent, Status.PENDING).isPresent());
        if (!ringing) {
            rings(agent);
        }
    }

    void accepts(Agent agent) {
        ringsIfNeedBe(agent);
        scene.change(moment -> {
            TaskState task = scene.task();
            ReservationState reservation = scene.reservation(agent, Status.PENDING);
            task.become(TaskState.Status.ASSIGNED, moment.at());
            moment.move(task, reservation, Status.ACCEPTED);
            if (scene.room().isPresent()) {
                joins(reservation, moment);
            } else if (scene.kind() != Scene.Kind.VOICEMAIL) {
                connect(reservation, moment);
            }
        });
    }

    private void connect(ReservationState reservation, World.Moment moment) {
        Room meeting = scene.open(reservation, moment);
        PhoneCall agentCall = dial(reservation, moment);
        scene.customer()
                .ifPresent(call -> meeting.join(
                        new Leg(call, Party.CUSTOMER, scene.options().customerEndsConference(), moment.at())));
        meeting.publish(moment.at(), ApiLag.NONE);
        edit(conference(meeting, agentCall), moment, "conference");
    }

    private PhoneCall dial(ReservationState reservation, World.Moment moment) {
        Agent agent = reservation.agent();
        PhoneCall call = scene.dial(agent.contactUri(), PhoneCall.Status.IN_PROGRESS, moment);
        boolean first = scene.meeting().legs().isEmpty();
        scene.meeting()
                .join(new Leg(call, Party.of(agent), first && scene.options().agentEndsConference(), moment.at()));
        return call;
    }

    private String conference(Room meeting, PhoneCall worker) {
        String participants = scene.customer()
                .map(call -> ",\"customer\":\"" + call.sid() + "\"")
                .orElse("");
        return "{\"sid\":\"" + meeting.sid() + "\",\"participants\":{\"worker\":\"" + worker.sid() + "\"" + participants
                + "}}";
    }

    /** An agent to whom the call is transferred comes into the conference that there is. */
    private void joins(ReservationState reservation, World.Moment moment) {
        PhoneCall call = dial(reservation, moment);
        scene.transfers().stream()
                .filter(transfer -> transfer.isFor(reservation.agent()))
                .findFirst()
                .ifPresent(transfer -> taken(transfer, reservation, moment));
        if (scene.options().workerReplaced()) {
            edit(JsonText.quote(call.sid()), moment, "conference", "participants", "worker");
        }
    }

    private void taken(Transfer transfer, ReservationState by, World.Moment moment) {
        transfer.taken(by);
        if (transfer.mode() == Transfer.Mode.COLD) {
            scene.meeting()
                    .leg(Party.Kind.CUSTOMER)
                    .filter(Leg::isOnHold)
                    .ifPresent(leg -> scene.meeting().hold(leg, false));
        }
        if (!scene.options().transferOpenUntilLeft()) {
            transfer.become(Transfer.Status.COMPLETE);
            scene.router().tell(transfer, moment);
        }
    }

    private void edit(String raw, World.Moment moment, String... path) {
        scene.task().edit(text -> JsonText.set(text, raw, path), moment.at());
        moment.tellTask("task.updated", scene.task());
    }

    /** The agent does not take what is offered. */
    void refuses(Agent agent, Status how) {
        ringsIfNeedBe(agent);
        scene.change(moment -> {
            Optional<Transfer> offered = scene.transfers().stream()
                    .filter(transfer -> transfer.isFor(agent))
                    .findFirst();
            if (offered.isEmpty()) {
                scene.task().become(TaskState.Status.PENDING, moment.at());
            }
            moment.move(scene.task(), scene.reservation(agent, Status.PENDING), how);
            offered.ifPresent(transfer -> Transfers.refused(scene, transfer, how, moment));
        });
    }

    // ---- dialling out

    void dials(Agent agent, String number) {
        scene.world().step(moment -> scene.customer(scene.dial(number, PhoneCall.Status.RINGING, moment)));
        accepts(agent);
    }

    void dialsColleague(Agent agent, Agent colleague) {
        accepts(agent);
        scene.change(moment -> scene.meeting()
                .join(new Leg(
                        scene.dial(colleague.contactUri(), PhoneCall.Status.IN_PROGRESS, moment),
                        Party.colleague(colleague),
                        scene.options().customerEndsConference(),
                        moment.at())));
    }

    void customerAnswers() {
        scene.change(moment -> scene.meeting().answer(scene.leg(Party.Kind.CUSTOMER), moment.at()));
    }
}
