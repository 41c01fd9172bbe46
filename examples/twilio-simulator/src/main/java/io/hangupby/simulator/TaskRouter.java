package io.hangupby.simulator;

import io.hangupby.simulator.ReservationState.Status;
import java.util.List;
import java.util.Optional;

/** What TaskRouter does by itself about the task when the conference changes. Guarded by the world's lock. */
final class TaskRouter {

    static final String ENDED = "Conference ended";

    private final Scene scene;

    TaskRouter(Scene scene) {
        this.scene = scene;
    }

    /** Follows what happened in the conference. */
    void settle(World.Moment moment) {
        scene.room().ifPresent(meeting -> {
            if (meeting.hasEnded()) {
                giveUpTransfers(moment);
            }
            wrapUp(departed(meeting), moment);
        });
    }

    /** There is no customer any more to be handed on. */
    private void giveUpTransfers(World.Moment moment) {
        scene.task()
                .reservations(Status.PENDING)
                .forEach(ringing -> moment.move(scene.task(), ringing, Status.CANCELED));
        scene.transfers().stream().filter(Transfer::isStillOpen).forEach(transfer -> {
            transfer.fail("conference ended");
            tell(transfer, moment);
        });
    }

    void tell(Transfer transfer, World.Moment moment) {
        moment.tellTransfer(
                transfer.status().eventType(),
                scene.task(),
                transfer,
                scene.options().transferEventsInFull());
    }

    private List<ReservationState> departed(Room meeting) {
        return scene.task().reservations(Status.ACCEPTED).stream()
                .filter(reservation -> meeting.leg(reservation.agent()).isEmpty())
                .toList();
    }

    /** These agents have nothing to do but after-call work; with the last one the whole task goes into wrap-up. */
    void wrapUp(List<ReservationState> leaving, World.Moment moment) {
        TaskState task = scene.task();
        settleTransfers(leaving, moment);
        leaving.forEach(reservation -> reservation.become(Status.WRAPPING, moment.at()));
        List<ReservationState> wrapping = task.reservations(Status.WRAPPING);
        boolean over = task.isWithAgents() && !isStillWanted();
        if (over && !wrapping.isEmpty()) {
            task.become(TaskState.Status.WRAPPING, ENDED, moment.at());
        }
        leaving.forEach(reservation -> moment.tellReservation(task, reservation));
        if (over && wrapping.isEmpty()) {
            complete(lastAgent(), moment);
        } else if (over) {
            moment.tellTask(
                    "task.wrapup", task, wrapping.get(wrapping.size() - 1).agent());
        }
    }

    /** Where a transfer is still open although the other agent has come, it depends on which of the two leaves first. */
    private void settleTransfers(List<ReservationState> leaving, World.Moment moment) {
        for (Transfer transfer : scene.transfers()) {
            boolean initiatorLeaves = leaving.contains(transfer.initiator());
            boolean targetLeaves = transfer.target().filter(leaving::contains).isPresent();
            boolean taken = transfer.isUnderWay() && transfer.target().isPresent();
            if (taken && initiatorLeaves != targetLeaves) {
                transfer.become(initiatorLeaves ? Transfer.Status.COMPLETE : Transfer.Status.CANCELED);
                tell(transfer, moment);
            }
        }
    }

    /** Says whether an agent has the call or is to get it. */
    private boolean isStillWanted() {
        return scene.task().hasOpenReservation()
                || scene.transfers().stream()
                        .anyMatch(transfer ->
                                transfer.isUnderWay() && transfer.target().isEmpty());
    }

    /** An agent is done with the after-call work: Flex Insights copies the attributes. */
    void complete(ReservationState reservation, World.Moment moment) {
        TaskState task = scene.task();
        boolean outOfTurn =
                task.reservations(Status.WRAPPING).stream().anyMatch(other -> waitsLonger(other, reservation));
        reservation.complete(Snapshot.of(moment.at(), task.attributes()), outOfTurn);
        moment.tellReservation(task, reservation);
        boolean last = task.reservations(Status.WRAPPING).isEmpty() && !isStillWanted();
        if (last && !task.isOver()) {
            complete(reservation.agent(), moment);
        }
    }

    private static boolean waitsLonger(ReservationState other, ReservationState reservation) {
        Optional<Boolean> longer =
                other.wrapUp().flatMap(theirs -> reservation.wrapUp().map(theirs::isBefore));
        return longer.orElse(false);
    }

    private void complete(Agent agent, World.Moment moment) {
        scene.task().become(TaskState.Status.COMPLETED, ENDED, moment.at());
        moment.tellTask("task.completed", scene.task(), agent);
    }

    private Agent lastAgent() {
        List<ReservationState> done = scene.task().reservations(Status.COMPLETED);
        return done.get(done.size() - 1).agent();
    }
}
