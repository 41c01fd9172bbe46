package io.hangupby.simulator.scenarios;

import static io.hangupby.simulator.scenarios.ScriptedAgent.ANN;

import io.hangupby.simulator.PluginMarker;
import java.util.ArrayList;
import java.util.List;

/**
 * How a random call begins, its variations, and how the agents' plugin marks a click.
 *
 * @param script the script without a move
 * @param markers what the plugin can write; nothing if no plugin is installed
 */
record RandomBeginning(CallScript script, List<PluginMarker> markers) {

    static RandomBeginning of(RandomChance chance) {
        boolean plugin = chance.in100(88);
        boolean copied = chance.in100(5);
        CallScript script = begun(chance);
        script = plugin ? marked(script, chance) : script.withoutPlugin();
        script = variedConference(script, chance);
        script = variedApi(script, chance);
        if (copied && !script.toString().contains("outbound(")) {
            // A value that was copied stays where hangupby writes none: a customer who never picked up is nobody's end.
            script = script.conversations("{\"hang_up_by\":\"agent\"}");
        }
        List<PluginMarker> markers = new ArrayList<>();
        if (plugin) {
            markers.add(PluginMarker.NAMED);
        }
        if (plugin && !copied) {
            // A click that writes only the value cannot be seen where the task was created with that value.
            markers.add(PluginMarker.BARE);
        }
        return new RandomBeginning(script, List.copyOf(markers));
    }

    private static CallScript begun(RandomChance chance) {
        if (chance.in100(12)) {
            return CallScript.outbound(ANN);
        }
        return chance.in100(5) ? CallScript.inboundWithoutFirstEvents() : CallScript.inbound();
    }

    private static CallScript marked(CallScript script, RandomChance chance) {
        return chance.in100(6) ? script.foreignMarker() : script;
    }

    private static CallScript variedConference(CallScript plain, RandomChance chance) {
        CallScript script = plain;
        if (chance.in100(20)) {
            script = script.noEndOnExit();
        }
        if (chance.in100(35)) {
            script = script.openThreeWayTalk();
        }
        if (chance.in100(20)) {
            script = script.outsideEndsConference();
        }
        if (chance.in100(20)) {
            script = script.workerReplaced();
        }
        if (chance.in100(30)) {
            script = script.transferOpenUntilLeft();
        }
        if (chance.in100(30)) {
            script = script.transferEventsInFull();
        }
        return chance.in100(8) ? script.ignoredRecorder() : script;
    }

    private static CallScript variedApi(CallScript plain, RandomChance chance) {
        CallScript script = plain;
        if (chance.in100(20)) {
            script = script.apiLag(chance.between(1, 4) * 250);
        }
        return chance.in100(25) ? script.trickyAttributes() : script;
    }
}
