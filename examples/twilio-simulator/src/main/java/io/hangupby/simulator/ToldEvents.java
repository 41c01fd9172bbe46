package io.hangupby.simulator;

import java.util.List;
import java.util.stream.Stream;

/** What a backend was told about one call, and what is told again or falsely. */
final class ToldEvents {

    private final Scene scene;
    private final Delivery delivery;

    ToldEvents(Scene scene, Delivery delivery) {
        this.scene = scene;
        this.delivery = delivery;
    }

    List<WorkspaceEvent> events() {
        return scene.world().stepAndGet(moment -> ours(moment.log()));
    }

    List<ConferenceEvent> conferenceEvents() {
        return scene.world().stepAndGet(moment -> ours(moment.conferenceLog()));
    }

    private <E extends CallbackEvent> List<E> ours(List<E> log) {
        return log.stream()
                .filter(event -> event.taskSid().equals(scene.task().sid()))
                .toList();
    }

    void repeat(String type) {
        delivery.send(latest(type));
    }

    int forge(String type, Agent agent) {
        TaskState task = scene.task();
        WorkspaceEvent forged = scene.world()
                .stepAndGet(moment -> moment.reservationEvent(
                        type, task, task.reservation(agent).orElseThrow()));
        return delivery.postForged(forged.params());
    }

    int forgeConference(String type) {
        return delivery.postForged(Hook.CONFERENCE, latest(type).params());
    }

    private CallbackEvent latest(String type) {
        return Stream.concat(events().stream(), conferenceEvents().stream())
                .map(CallbackEvent.class::cast)
                .filter(event -> event.type().equals(type))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new IllegalStateException("there was no " + type));
    }
}
