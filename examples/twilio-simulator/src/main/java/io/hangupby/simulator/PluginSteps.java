package io.hangupby.simulator;

import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.internal.account.ReservationState;
import io.hangupby.simulator.internal.account.ReservationState.Status;
import io.hangupby.simulator.internal.text.InPlaceJson;
import java.time.Instant;
import java.util.Optional;

/** What the Flex plugin in an agent's browser writes into the task. */
final class PluginSteps {

    private final CallState state;

    PluginSteps(CallState state) {
        this.state = state;
    }

    /** Writes the marker, as the plugin does before the hang-up itself. */
    void mark(Agent agent, PluginMarker marker) {
        if (marker == PluginMarker.NONE || !state.options().takesValue()) {
            return;
        }
        state.change(moment -> {
            state.task().edit(text -> marked(text, agent, marker, moment.at()), moment.at());
            moment.emitTaskEvent("task.updated", state.task());
        });
    }

    private String marked(String text, Agent agent, PluginMarker marker, Instant at) {
        String bare =
                InPlaceJson.set(text, InPlaceJson.quote(state.options().markerWord()), "conversations", "hang_up_by");
        if (marker == PluginMarker.BARE) {
            return bare;
        }
        String named = "{\"reservation\":\"%s\",\"at\":%d}".formatted(reservation(agent), at.toEpochMilli());
        return InPlaceJson.set(bare, named, "hangupby", "agent_hangup");
    }

    /** Returns the reservation that a click belongs to; a plugin can write after the leg has gone. */
    private String reservation(Agent agent) {
        return state.task()
                .reservation(agent, Status.ACCEPTED)
                .or(() -> state.task().reservation(agent, Status.WRAPPING))
                .map(ReservationState::sid)
                .orElseThrow(() -> new IllegalStateException(agent.name() + " has no part in the call"));
    }

    /** Removes the agent's own marker and its value; keeps those of another agent. */
    void withdraw(Agent agent) {
        state.change(moment -> {
            String own = state.reservation(agent, Status.ACCEPTED).sid();
            state.task().edit(text -> withdrawn(text, own), moment.at());
            moment.emitTaskEvent("task.updated", state.task());
        });
    }

    private static String withdrawn(String text, String own) {
        if (!InPlaceJson.readText(text, "hangupby", "agent_hangup", "reservation")
                .equals(Optional.of(own))) {
            return text;
        }
        String unmarked = InPlaceJson.remove(text, "hangupby", "agent_hangup");
        boolean agent =
                InPlaceJson.readText(unmarked, "conversations", "hang_up_by").equals(Optional.of("agent"));
        return agent ? InPlaceJson.remove(unmarked, "conversations", "hang_up_by") : unmarked;
    }
}
