package io.hangupby.simulator;

import io.hangupby.simulator.Ending.Act;
import io.hangupby.simulator.ReservationState.Status;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Remembers from what the parties did how each segment really ended; the first act that ends one is the one that counts.
 * Guarded by the world's lock.
 */
final class Truth {

    private final Scene scene;
    private final Map<String, Ending> endings = new LinkedHashMap<>();
    private Optional<Ending> queueEnding = Optional.empty();
    private Optional<Snapshot> queueSnapshot = Optional.empty();

    Truth(Scene scene) {
        this.scene = scene;
    }

    Map<String, Ending> endings() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(endings));
    }

    /** The time from the reservation's wrap-up to the write that put the right value there, if there was one. */
    Optional<Duration> timeToValue(ReservationState reservation) {
        Optional<String> right =
                Optional.ofNullable(endings.get(reservation.sid())).flatMap(Ending::hangUpBy);
        return reservation
                .wrapUp()
                .flatMap(from -> scene.task().writes().stream()
                        .filter(write -> write.applied() && right.isPresent())
                        .filter(write -> JsonText.readText(write.after(), "conversations", "hang_up_by")
                                .equals(right))
                        .map(TaskWrite::at)
                        .filter(at -> !at.isBefore(from))
                        .findFirst()
                        .map(at -> Duration.between(from, at)));
    }

    Optional<Ending> queueEnding() {
        return queueEnding;
    }

    Optional<Snapshot> queueSnapshot() {
        return queueSnapshot;
    }

    /** The act ends the part of every agent who has the call. */
    void ended(Act act) {
        ended(act, Optional.empty(), any -> true);
    }

    /** The act ends one agent's part. Colleagues among themselves have only one between them. */
    void ended(Act act, Agent agent) {
        ended(act, Optional.empty(), by(agent));
    }

    void ended(Act act, Optional<String> destination, Predicate<ReservationState> whose) {
        talking(whose).forEach(reservation -> endings.putIfAbsent(reservation.sid(), of(actually(act), destination)));
    }

    /** The customer has left others who talk on: the API will only show how those ended it. */
    void needsLeaveOrder() {
        talking(any -> true)
                .forEach(reservation ->
                        endings.computeIfPresent(reservation.sid(), (sid, ending) -> ending.needingLeaveOrder()));
    }

    private List<ReservationState> talking(Predicate<ReservationState> whose) {
        return scene.task().reservations(Status.ACCEPTED).stream().filter(whose).toList();
    }

    Predicate<ReservationState> by(Agent agent) {
        return reservation ->
                scene.kind() == Scene.Kind.INTERNAL || reservation.agent().equals(agent);
    }

    /** The customer gave up waiting. */
    void abandoned(World.Moment moment) {
        queueEnding = Optional.of(of(Act.ABANDONED, Optional.empty()));
        queueSnapshot = Optional.of(Snapshot.of(moment.at(), scene.task().attributes()));
    }

    /** What an act comes to where there is no customer, or not yet. To be asked before anything has changed. */
    Act actually(Act act) {
        if (scene.kind() == Scene.Kind.INTERNAL || scene.kind() == Scene.Kind.VOICEMAIL) {
            return Act.NO_CUSTOMER;
        }
        boolean dialling = scene.customer()
                .filter(call -> call.status() == PhoneCall.Status.RINGING)
                .isPresent();
        if (!dialling) {
            return act;
        }
        return act == Act.AGENT_CLICKED || act == Act.AGENT_CANCELLED_DIAL
                ? Act.AGENT_CANCELLED_DIAL
                : Act.NEVER_CONNECTED;
    }

    private Ending of(Act act, Optional<String> destination) {
        CallOptions options = scene.options();
        boolean tellable = options.takesValue() && (act.isHandOver() || !options.evidenceHidden());
        return new Ending(
                act, tellable ? act.hangUpBy() : Optional.empty(), tellable ? destination : Optional.empty(), false);
    }
}
