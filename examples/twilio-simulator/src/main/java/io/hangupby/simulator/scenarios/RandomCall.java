package io.hangupby.simulator.scenarios;

import static io.hangupby.simulator.scenarios.ScriptedAgent.ANN;
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
    private static final int LAST_LOST_CALLBACK = 12;
    private static final List<ApiOperation> OPERATIONS = List.of(
            ApiOperation.CONFERENCE,
            ApiOperation.PARTICIPANTS,
            ApiOperation.CALL,
            ApiOperation.TASK_READ,
            ApiOperation.TASK_WRITE);

    private final RandomChance chance;
    private final Rehearsal rehearsal;
    private final RandomEnds ends;
    private final RandomTransfers transfers;
    private final AfterCallWork afterCallWork;

    private RandomCall(TwilioSimulator twilio, RandomChance chance, RandomBeginning beginning) {
        this.chance = chance;
        this.rehearsal = new Rehearsal(twilio, beginning.script());
        this.afterCallWork = new AfterCallWork(rehearsal, chance);
        this.ends = new RandomEnds(rehearsal, chance, afterCallWork, beginning.markers());
        this.transfers = new RandomTransfers(rehearsal, chance, afterCallWork, ends);
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
            int number = chance.between(1, LAST_LOST_CALLBACK);
            rehearsal.then(script -> script.losesCallback(number));
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
        afterCallWork.pause();
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
            afterCallWork.pause();
            rehearsal.then(CallScript::customerGivesUp);
            return false;
        }
        ScriptedAgent first = chance.in100(85) ? ANN : DAN;
        if (chance.in100(15)) {
            afterCallWork.pause();
            rehearsal.then(script -> script.declines(EVE));
        }
        afterCallWork.pause();
        rehearsal.then(script -> script.rings(first));
        afterCallWork.pause();
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

    private void anything() {
        List<Runnable> possible = new ArrayList<>();
        possible.add(this::holdsOrUnholds);
        possible.add(this::connectionComesBack);
        List<ScriptedAgent> agents = rehearsal.agentsInCall();
        boolean alone = agents.size() == 1;
        boolean outside = rehearsal.call().has(Kind.OUTSIDE) || rehearsal.call().rings(Kind.OUTSIDE);
        if (alone && transfers.arePossible(agents.get(0)) && (!outside || chance.in100(20))) {
            possible.add(() -> transfers.cold(agents.get(0)));
            possible.add(() -> transfers.warm(agents.get(0)));
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
        afterCallWork.pause();
        chance.oneOf(possible).run();
    }

    private void holdsOrUnholds() {
        rehearsal.then(rehearsal.call().customerOnHold() ? CallScript::unhold : CallScript::hold);
    }

    private void connectionComesBack() {
        ScriptedAgent agent = chance.oneOf(rehearsal.agentsInCall());
        rehearsal.then(script -> script.agentConnectionBlips(agent));
    }

    private void oneOfTwoLeaves(List<ScriptedAgent> agents) {
        ScriptedAgent first = agents.get(0);
        if (chance.in100(15) && rehearsal.call().consults(rehearsal.agent(first))) {
            rehearsal.then(script -> script.cancelsTransfer(first));
        } else {
            ends.agentLeaves(chance.oneOf(agents));
        }
        if (rehearsal.call().has(Kind.CUSTOMER)) {
            transfers.unholdIfHeld();
        }
    }

    private void dialsOut(ScriptedAgent agent) {
        rehearsal.then(script -> script.dialsOut(agent));
        afterCallWork.pass(chance.between(1, 3));
        rehearsal.then(CallScript::outsideRings);
        afterCallWork.pause();
        if (chance.in100(55)) {
            rehearsal.then(CallScript::outsidePicksUp);
        } else if (chance.in100(25)) {
            rehearsal.then(CallScript::outsideDoesNotPickUp);
        } else if (chance.in100(25)) {
            rehearsal.then(script -> script.agentRemovesOutside(agent));
        } else if (rehearsal.agentsInCall().size() == 1 && chance.in100(50)) {
            afterCallWork.pause();
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
