package io.hangupby.simulator.scenarios;

import static io.hangupby.simulator.scenarios.ScriptedAgent.ANN;

/** How a random call begins, and its variations. */
final class RandomBeginning {

    private RandomBeginning() {}

    static CallScript of(RandomChance chance, boolean plugin) {
        CallScript script = chance.in100(88) ? CallScript.inbound() : CallScript.outbound(ANN);
        if (!plugin) {
            script = script.withoutPlugin();
        }
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
        if (chance.in100(15)) {
            script = script.apiLag(chance.between(1, 8) * 250);
        }
        if (chance.in100(10)) {
            script = script.apiLagReads(1);
        }
        if (chance.in100(25)) {
            script = script.trickyAttributes();
        }
        if (chance.in100(25)) {
            script = script.conversations("{\"conversation_attribute_1\":\"campaign-7\"}");
        }
        return script;
    }
}
