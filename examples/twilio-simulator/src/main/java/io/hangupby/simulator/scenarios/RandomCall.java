package io.hangupby.simulator.scenarios;

import static io.hangupby.simulator.scenarios.ScriptedAgent.ANN;
import static io.hangupby.simulator.scenarios.ScriptedAgent.BOB;
import static io.hangupby.simulator.scenarios.ScriptedAgent.DAN;
import static io.hangupby.simulator.scenarios.ScriptedAgent.EVE;
import static io.hangupby.simulator.scenarios.ScriptedAgent.SUE;

import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Party.Kind;
import io.hangupby.simulator.rest.ApiOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Puts one call together. It makes only moves that are possible, and after which nobody can doubt who ended what: two parties
 * do not act within the same seconds, and no agent leaves a customer who is on hold with an outside party. Used by one thread.
 */
final class RandomCall {

    private static final int MOVES_AT_MOST = 7;
    private static final int SHORTEST_STEP = 3;
    private static final int LONGEST_STEP = 15;
    private static final int LONG_PAUSE = 60;
    /** One agent can decline before another accepts. */
    private static final int AGENTS_OF_A_TRANSFER = 2;

    private static final List<ScriptedAgent> AGENTS = List.of(ANN, BOB, DAN, EVE);
    private static final List<ApiOperation> OPERATIONS = List.of(
            ApiOperation.CONFERENCE,
            ApiOperation.PARTICIPANTS,
            ApiOperation.CALL,
            ApiOperation.TASK_READ,
            ApiOperation.TASK_WRITE);

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

    private final RandomChance chance;
    private final Rehearsal rehearsal;
    private final RandomEnds ends;
    private final AfterCallWork afterCallWork;

    private RandomCall(TwilioSimulator twilio, RandomChance chance, RandomBeginning beginning) {
        this.chance = chance;
        this.rehearsal = new Rehearsal(twilio, beginning.script());
        this.afterCallWork = new AfterCallWork(rehearsal, chance);
        this.ends = new RandomEnds(rehearsal, chance, afterCallWork, beginning.markers());
    }

    static CallScript create(TwilioSimulator twilio, Random random) {
        RandomChance chance = new RandomChance(random);
        RandomCall call = new RandomCall(twilio, chance, RandomBeginning.of(chance));
        call.play();
        twilio.forget(call.rehearsal.call().taskSid());
        return call.rehearsal.script();
    }

    private void play() {
        disturb();
        boolean connected = isOutbound() ? dials() : isAccepted();
        if (has("inboundWithoutFirstEvents()")) {
            rehearsal.then(CallScript::delivers);
        }
        if (connected) {
            recorderJoins();
            for (int moves = chance.between(0, MOVES_AT_MOST); moves > 0 && hasAgentAndCustomer(); moves--) {
                anything();
            }
            while (hasAgentAndCustomer()) {
                ends.any();
            }
            ends.othersLeave();
        }
        afterCallWork.allComplete();
    }

    private void disturb() {
        if (chance.in100(15)) {
            rehearsal.then(CallScript::deliveredTwice);
        }
        if (chance.in100(15)) {
            rehearsal.then(CallScript::deliveredInAnyOrder);
        }
        if (chance.in100(10)) {
            ApiOperation operation = chance.oneOf(OPERATIONS);
            rehearsal.then(script -> script.unavailableOnce(operation));
        }
    }

    // ---- how it begins

    private boolean isOutbound() {
        return has("outbound(");
    }

    private boolean has(String variation) {
        return rehearsal.script().toString().contains(variation);
    }

    private void recorderJoins() {
        if (has("ignoredRecorder()")) {
            ScriptedAgent agent = rehearsal.agentsInCall().get(0);
            afterCallWork.pass(1);
            rehearsal.then(script -> script.recorderJoins(agent));
        }
    }

    private boolean dials() {
        pause();
        if (chance.in100(80)) {
            rehearsal.then(CallScript::customerPicksUp);
            return true;
        }
        ScriptedAgent agent = rehearsal.agentsInCall().get(0);
        int how = chance.between(0, 2);
        if (how == 0) {
            rehearsal.then(CallScript::customerBusy);
        } else if (how == 1) {
            rehearsal.then(CallScript::customerDoesNotPickUp);
        } else {
            rehearsal.then(script -> script.agentCancelsDial(agent));
        }
        return false;
    }

    private boolean isAccepted() {
        if (chance.in100(4)) {
            pause();
            rehearsal.then(CallScript::customerGivesUp);
            return false;
        }
        ScriptedAgent first = chance.in100(85) ? ANN : DAN;
        if (chance.in100(15)) {
            pause();
            rehearsal.then(script -> script.declines(EVE));
        }
        pause();
        rehearsal.then(script -> script.rings(first));
        pause();
        if (chance.in100(4)) {
            rehearsal.then(CallScript::customerGivesUp);
            return false;
        }
        rehearsal.then(script -> script.accepts(first));
        return true;
    }

    // ---- how it goes on

    private boolean hasAgentAndCustomer() {
        return rehearsal.call().has(Kind.CUSTOMER) && !rehearsal.agentsInCall().isEmpty();
    }

    private void pause() {
        int seconds = chance.in100(10) ? LONG_PAUSE : chance.between(SHORTEST_STEP, LONGEST_STEP);
        afterCallWork.pass(seconds);
    }

    private void anything() {
        List<Runnable> possible = new ArrayList<>();
        possible.add(this::holdsOrUnholds);
        possible.add(this::connectionComesBack);
        List<ScriptedAgent> agents = rehearsal.agentsInCall();
        boolean alone = agents.size() == 1;
        boolean outside = rehearsal.call().has(Kind.OUTSIDE) || rehearsal.call().rings(Kind.OUTSIDE);
        if (alone && freeAgents(agents.get(0)).size() >= AGENTS_OF_A_TRANSFER && (!outside || chance.in100(20))) {
            possible.add(() -> coldTransfer(agents.get(0)));
            possible.add(() -> warmTransfer(agents.get(0)));
        }
        if (!outside && (alone || chance.in100(20))) {
            possible.add(() -> dialsOut(chance.oneOf(agents)));
        }
        if (outside) {
            possible.add(() -> outsideGoes(chance.oneOf(agents)));
        }
        if (!alone) {
            possible.add(() -> oneOfTwoLeaves(agents));
            possible.add(() -> oneOfTwoLeaves(agents));
        }
        possible.add(() -> supervisorMoves(chance.oneOf(agents)));
        if (rehearsal.call().has(Kind.SUPERVISOR)) {
            possible.add(() -> supervisorMoves(chance.oneOf(agents)));
        }
        pause();
        chance.oneOf(possible).run();
    }

    private void holdsOrUnholds() {
        rehearsal.then(rehearsal.call().customerOnHold() ? CallScript::unhold : CallScript::hold);
    }

    private void connectionComesBack() {
        ScriptedAgent agent = chance.oneOf(rehearsal.agentsInCall());
        rehearsal.then(script -> script.agentConnectionBlips(agent));
    }

    private void unholdIfHeld() {
        if (rehearsal.call().customerOnHold()) {
            pause();
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

    private void coldTransfer(ScriptedAgent from) {
        boolean toQueue = chance.in100(40);
        ScriptedAgent to = another(from);
        boolean eventsLost = chance.in100(6);
        if (eventsLost) {
            rehearsal.then(script -> script.loses(TRANSFER_EVENTS));
        }
        rehearsal.then(
                script -> toQueue ? script.startsColdTransferToQueue(from) : script.startsColdTransfer(from, to));
        if (!toQueue && chance.in100(20)) {
            pause();
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
            pause();
            rehearsal.then(CallScript::customerGivesUp);
            deliversIf(eventsLost);
            return;
        }
        if (toQueue && chance.in100(30)) {
            ScriptedAgent declining = another(to);
            pause();
            rehearsal.then(script -> script.declines(declining));
        }
        pause();
        rehearsal.then(script -> script.accepts(to));
        deliversIf(eventsLost);
    }

    private void deliversIf(boolean eventsLost) {
        if (eventsLost) {
            rehearsal.then(CallScript::delivers);
        }
    }

    private void warmTransfer(ScriptedAgent from) {
        boolean toQueue = chance.in100(30);
        ScriptedAgent to = another(from);
        rehearsal.then(
                script -> toQueue ? script.startsWarmTransferToQueue(from) : script.startsWarmTransfer(from, to));
        pause();
        rehearsal.then(script -> script.rings(to));
        pause();
        if (chance.in100(15)) {
            rehearsal.then(CallScript::customerHangsUp);
        } else if (chance.in100(25)) {
            rehearsal.then(script -> script.declines(to));
            if (toQueue) {
                pause();
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

    private void oneOfTwoLeaves(List<ScriptedAgent> agents) {
        ScriptedAgent first = agents.get(0);
        if (chance.in100(15) && rehearsal.call().consults(rehearsal.agent(first))) {
            rehearsal.then(script -> script.cancelsTransfer(first));
        } else {
            ends.agentLeaves(chance.oneOf(agents));
        }
        if (rehearsal.call().has(Kind.CUSTOMER)) {
            unholdIfHeld();
        }
    }

    private void dialsOut(ScriptedAgent agent) {
        rehearsal.then(script -> script.dialsOut(agent));
        afterCallWork.pass(chance.between(1, 3));
        rehearsal.then(CallScript::outsideRings);
        pause();
        if (chance.in100(55)) {
            rehearsal.then(CallScript::outsidePicksUp);
        } else if (chance.in100(25)) {
            rehearsal.then(CallScript::outsideDoesNotPickUp);
        } else if (chance.in100(25)) {
            rehearsal.then(script -> script.agentRemovesOutside(agent));
        } else if (rehearsal.agentsInCall().size() == 1 && chance.in100(50)) {
            pause();
            ends.agentLeaves(agent);
        }
    }

    private void outsideGoes(ScriptedAgent agent) {
        if (rehearsal.call().rings(Kind.OUTSIDE)) {
            rehearsal.then(chance.in100(50) ? CallScript::outsidePicksUp : CallScript::outsideBusy);
        } else if (chance.in100(60) || has("outsideEndsConference()")) {
            // Nobody could say who ended the call if the agent removed a party whose leg ends the conference.
            rehearsal.then(CallScript::outsideHangsUp);
        } else {
            rehearsal.then(script -> script.agentRemovesOutside(agent));
        }
    }

    private void supervisorMoves(ScriptedAgent agent) {
        if (!rehearsal.call().has(Kind.SUPERVISOR)) {
            rehearsal.then(script -> chance.in100(60) ? script.listensIn(SUE) : script.coaches(SUE, agent));
        } else if (!rehearsal.call().supervisorTalks() && chance.in100(60)) {
            rehearsal.then(script -> script.joinsTalk(SUE));
        } else {
            rehearsal.then(CallScript::supervisorHangsUp);
        }
    }
}
