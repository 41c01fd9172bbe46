package io.hangupby.simulator;

import io.hangupby.simulator.ReservationState.Status;
import java.time.Instant;
import java.util.Optional;

/** What the Flex plugin in an agent's browser writes into the task. */
final class PluginWrites {

    private final Scene scene;

    PluginWrites(Scene scene) {
        this.scene = scene;
    }

    /** The plugin's write, which comes before whatever the click does. */
    void mark(Agent agent, Marker marker) {
        if (marker == Marker.NONE || !scene.options().takesValue()) {
            return;
        }
        scene.change(moment -> {
            scene.task().edit(text -> marked(text, agent, marker, moment.at()), moment.at());
            moment.tellTask("task.updated", scene.task());
        });
    }

    private String marked(String text, Agent agent, Marker marker, Instant at) {
        String bare = JsonText.set(text, "\"agent\"", "conversations", "hang_up_by");
        if (marker == Marker.BARE) {
            return bare;
        }
        String named = "{\"reservation\":\"%s\",\"at\":%d}"
                .formatted(scene.reservation(agent, Status.ACCEPTED).sid(), at.toEpochMilli());
        return JsonText.set(bare, named, "hangupby", "agent_hangup");
    }

    /** Takes the agent's own named marker out again, and the value with it; leaves what another agent has written. */
    void withdraw(Agent agent) {
        scene.change(moment -> {
            String own = scene.reservation(agent, Status.ACCEPTED).sid();
            scene.task().edit(text -> withdrawn(text, own), moment.at());
            moment.tellTask("task.updated", scene.task());
        });
    }

    private static String withdrawn(String text, String own) {
        if (!JsonText.readText(text, "hangupby", "agent_hangup", "reservation").equals(Optional.of(own))) {
            return text;
        }
        String unmarked = JsonText.remove(text, "hangupby", "agent_hangup");
        boolean agent =
                JsonText.readText(unmarked, "conversations", "hang_up_by").equals(Optional.of("agent"));
        return agent ? JsonText.remove(unmarked, "conversations", "hang_up_by") : unmarked;
    }
}
