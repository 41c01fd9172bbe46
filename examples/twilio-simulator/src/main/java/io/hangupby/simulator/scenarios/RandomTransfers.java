package io.hangupby.simulator.scenarios;

import static io.hangupby.simulator.scenarios.ScriptedAgent.ANN;
import static io.hangupby.simulator.scenarios.ScriptedAgent.BOB;
import static io.hangupby.simulator.scenarios.ScriptedAgent.DAN;
import static io.hangupby.simulator.scenarios.ScriptedAgent.EVE;

import java.util.List;

/** The transfers of a random call. Used by one thread. */
final class RandomTransfers {

    private static final List<ScriptedAgent> AGENTS = List.of(ANN, BOB, DAN, EVE);
    /** One agent can decline before another accepts. */
    private static final int AGENTS_OF_A_TRANSFER = 2;

    private static final String[] TRANSFER_EVENTS = {
        "task.transfer-initiated",
        "task.transfer-attempt-failed",
        "task.transfer-failed",
        "task.transfer-completed",
        "task.updated",
        "reservation.created",
        "reservation.accepted",
        "reservation.rejected",
        "reservation.timeout",
        "reservation.canceled",
        "reservation.wrapup",
        "task.wrapup"
    };

    private final Rehearsal rehearsal;
    private final RandomChance chance;
    private final AfterCallWork afterCallWork;
    private final RandomEnds ends;

    RandomTransfers(Rehearsal rehearsal, RandomChance chance, AfterCallWork afterCallWork, RandomEnds ends) {
        this.rehearsal = rehearsal;
        this.chance = chance;
        this.afterCallWork = afterCallWork;
        this.ends = ends;
    }

    /** Returns whether enough agents are free. */
    boolean arePossible(ScriptedAgent from) {
        return freeAgents(from).size() >= AGENTS_OF_A_TRANSFER;
    }

    /** The customer is taken off hold after a while. */
    void unholdIfHeld() {
        if (rehearsal.call().customerOnHold()) {
            afterCallWork.pause();
            rehearsal.then(CallScript::unhold);
        }
    }

    private ScriptedAgent another(ScriptedAgent than) {
        return chance.oneOf(freeAgents(than));
    }

    private List<ScriptedAgent> freeAgents(ScriptedAgent except) {
        return AGENTS.stream()
                .filter(agent -> agent != except && !afterCallWork.isBusy(agent))
                .toList();
    }

    /** A cold transfer, to an agent or a queue. */
    void cold(ScriptedAgent from) {
        boolean toQueue = chance.in100(40);
        ScriptedAgent to = another(from);
        boolean eventsLost = chance.in100(6);
        if (eventsLost) {
            rehearsal.then(script -> script.loses(TRANSFER_EVENTS));
        }
        rehearsal.then(
                script -> toQueue ? script.startsColdTransferToQueue(from) : script.startsColdTransfer(from, to));
        if (!toQueue && chance.in100(20)) {
            afterCallWork.pause();
            rehearsal.then(script -> chance.in100(50) ? script.declines(to) : script.doesNotRespond(to));
            unholdIfHeld();
            deliversIf(eventsLost);
            return;
        }
        afterCallWork.pass(chance.between(1, 3));
        if (eventsLost) {
            rehearsal.then(script -> script.agentLeaves(from));
            afterCallWork.eventsAreLost();
        } else {
            ends.agentLeavesAfterColdTransfer(from);
        }
        if (chance.in100(20)) {
            afterCallWork.pause();
            rehearsal.then(CallScript::customerGivesUp);
            deliversIf(eventsLost);
            return;
        }
        if (toQueue && chance.in100(30)) {
            ScriptedAgent declining = another(to);
            afterCallWork.pause();
            rehearsal.then(script -> script.declines(declining));
        }
        afterCallWork.pause();
        rehearsal.then(script -> script.accepts(to));
        deliversIf(eventsLost);
    }

    private void deliversIf(boolean eventsLost) {
        if (eventsLost) {
            rehearsal.then(CallScript::delivers);
            afterCallWork.eventsArrive();
        }
    }

    /** A warm transfer, to an agent or a queue. */
    void warm(ScriptedAgent from) {
        boolean toQueue = chance.in100(30);
        ScriptedAgent to = another(from);
        rehearsal.then(
                script -> toQueue ? script.startsWarmTransferToQueue(from) : script.startsWarmTransfer(from, to));
        afterCallWork.pause();
        rehearsal.then(script -> script.rings(to));
        afterCallWork.pause();
        if (chance.in100(15)) {
            rehearsal.then(CallScript::customerHangsUp);
        } else if (chance.in100(25)) {
            rehearsal.then(script -> script.declines(to));
            if (toQueue) {
                afterCallWork.pause();
                rehearsal.then(script -> script.queueTransferFails(from));
            }
            unholdIfHeld();
        } else {
            rehearsal.then(script -> script.accepts(to));
            if (chance.in100(70)) {
                unholdIfHeld();
            }
        }
    }
}
