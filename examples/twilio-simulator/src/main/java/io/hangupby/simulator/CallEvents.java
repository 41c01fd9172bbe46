package io.hangupby.simulator;

import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.events.CallbackEvent;
import io.hangupby.simulator.events.ConferenceStatusEvent;
import io.hangupby.simulator.events.EventDelivery;
import io.hangupby.simulator.events.WorkspaceEvent;
import io.hangupby.simulator.internal.account.TaskState;
import java.util.List;
import java.util.stream.Stream;

/** The events of one call: those sent so far, repeated events and forged events. */
final class CallEvents {

    private final CallState state;
    private final EventDelivery delivery;

    CallEvents(CallState state, EventDelivery delivery) {
        this.state = state;
        this.delivery = delivery;
    }

    List<WorkspaceEvent> events() {
        return state.account().inOneMoment(moment -> ours(moment.log()));
    }

    List<ConferenceStatusEvent> conferenceEvents() {
        return state.account().inOneMoment(moment -> ours(moment.conferenceLog()));
    }

    private <E extends CallbackEvent> List<E> ours(List<E> log) {
        return log.stream()
                .filter(event -> event.taskSid().equals(state.task().sid()))
                .toList();
    }

    void repeat(String type) {
        delivery.send(latest(type));
    }

    int forge(String type, Agent agent) {
        TaskState task = state.task();
        WorkspaceEvent forged = state.account()
                .inOneMoment(moment -> moment.reservationEvent(
                        type, task, task.reservation(agent).orElseThrow()));
        return delivery.postForged(forged.params());
    }

    int forgeConference(String type) {
        return delivery.postForgedConference(latest(type).params());
    }

    private CallbackEvent latest(String type) {
        return Stream.concat(events().stream(), conferenceEvents().stream())
                .map(CallbackEvent.class::cast)
                .filter(event -> event.type().equals(type))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new IllegalStateException("There has been no event of type " + type));
    }
}
