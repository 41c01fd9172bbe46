package io.hangupby.simulator.scenarios;

import static io.hangupby.simulator.scenarios.ScriptedAgent.DAN;
import static io.hangupby.simulator.scenarios.ScriptedAgent.SUE;

import io.hangupby.simulator.PluginMarker;
import io.hangupby.simulator.account.Party.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The moves of a random call by which a party leaves. Used by one thread. */
final class RandomEnds {

    private static final int SHORTEST_STEP = 3;
    private static final int LONGEST_STEP = 20;
    private static final int UPDATES_AT_MOST = 20;
    private static final String[] WRAP_UPS = {"reservation.wrapup", "task.wrapup"};

    private final Rehearsal rehearsal;
    private final RandomChance chance;
    private final AfterCallWork afterCallWork;
    private final List<PluginMarker> markers;

    RandomEnds(Rehearsal rehearsal, RandomChance chance, AfterCallWork afterCallWork, List<PluginMarker> markers) {
        this.rehearsal = rehearsal;
        this.chance = chance;
        this.afterCallWork = afterCallWork;
        this.markers = markers;
    }

    /** Somebody ends the customer's talk with the agents, or with one of two agents. */
    void any() {
        afterCallWork.pass(chance.between(SHORTEST_STEP, LONGEST_STEP));
        List<ScriptedAgent> agents = rehearsal.agentsInCall();
        if (chance.in100(45)) {
            move(chance.in100(80) ? CallScript::customerHangsUp : CallScript::customerLosesSignal);
        } else if (agents.size() > 1 || chance.in100(55)) {
            agentLeaves(chance.oneOf(agents));
        } else {
            throughTheApi(agents.get(0));
        }
    }

    private void throughTheApi(ScriptedAgent agent) {
        PluginMarker marker = marker();
        List<UnaryOperator<CallScript>> possible = new ArrayList<>(List.of(
                script -> script.agentRemovesCustomer(agent),
                CallScript::programEndsConference,
                script -> script.sendsCustomerOut(agent)));
        if (conferenceEndsWithCustomer()) {
            // Otherwise a later click would read as what is behind it.
            possible.add(CallScript::customerMovedOn);
        }
        if (agent != DAN) {
            possible.add(script -> script.agentEndsForAll(agent, marker));
            possible.add(script -> script.customerMovedOn(agent, marker));
        }
        if (!rehearsal.call().has(Kind.OUTSIDE) && !rehearsal.call().rings(Kind.OUTSIDE)) {
            possible.add(script -> script.reEnqueuesCustomer(agent));
        }
        if (rehearsal.call().supervisorTalks()) {
            possible.add(script -> script.supervisorRemovesAgent(SUE, agent));
            possible.add(script -> script.supervisorRemovesAgent(SUE, agent));
            possible.add(CallScript::supervisorHangsUp);
        }
        move(chance.oneOf(possible));
    }

    private boolean conferenceEndsWithCustomer() {
        return !rehearsal.script().toString().contains("noEndOnExit()")
                && !rehearsal.call().has(Kind.OUTSIDE);
    }

    /** An agent who has just started a cold transfer leaves. */
    void agentLeavesAfterColdTransfer(ScriptedAgent agent) {
        move(script -> agent == DAN ? script.agentPutsDownHandset(agent) : script.agentLeaves(agent));
    }

    /** An agent leaves, on purpose or not. */
    void agentLeaves(ScriptedAgent agent) {
        if (rehearsal.call().customerOnHold() && rehearsal.agentsInCall().size() == 1) {
            rehearsal.then(CallScript::unhold);
            afterCallWork.pass(chance.between(SHORTEST_STEP, LONGEST_STEP));
        }
        if (agent == DAN) {
            boolean byEnd = !rehearsal.call().supervisorTalks() && chance.in100(40);
            move(script -> byEnd ? script.agentEndsFromDeskPhone(agent) : script.agentPutsDownHandset(agent));
        } else if (chance.in100(40)) {
            move(script -> chance.in100(50) ? script.agentCrashes(agent) : script.agentRefreshes(agent));
        } else {
            clicks(agent);
        }
    }

    private PluginMarker marker() {
        return markers.isEmpty() ? PluginMarker.NONE : chance.oneOf(markers);
    }

    private void clicks(ScriptedAgent agent) {
        if (!markers.isEmpty() && chance.in100(20)) {
            clicksBeforeMarker(agent);
        } else {
            PluginMarker marker = marker();
            // A marker that names nobody is another agent's as well as long as the first agent's wrap-up is not known.
            boolean isAnyones =
                    marker == PluginMarker.BARE && rehearsal.agentsInCall().size() > 1;
            move(script -> script.agentClicksHangUp(agent, marker), !isAnyones);
        }
    }

    /** A marker that names nobody comes late only where no other agent can have clicked. */
    private void clicksBeforeMarker(ScriptedAgent agent) {
        boolean onlyOne = rehearsal.agentsInCall().size() == 1
                && rehearsal.call().agentsInWrapUp().isEmpty();
        PluginMarker marker = onlyOne ? marker() : PluginMarker.NAMED;
        rehearsal.then(script -> script.agentClicksBeforeMarker(agent));
        int later = chance.between(1, 5);
        afterCallWork.waitFor(later);
        afterCallWork.pass(later);
        rehearsal.then(script -> script.writesMarkerLate(agent, marker));
        afterCallWork.waitFor(SHORTEST_STEP);
    }

    private void move(UnaryOperator<CallScript> move) {
        move(move, true);
    }

    /** Makes a move, whose wrap-up events may come late, or never if they can be lost. */
    private void move(UnaryOperator<CallScript> move, boolean canBeLost) {
        if (chance.in100(6)) {
            rehearsal.then(script -> script.otherProgramUpdates(chance.between(1, UPDATES_AT_MOST)));
        }
        if (chance.in100(8)) {
            rehearsal.then(script -> move.apply(script.holdsBack(WRAP_UPS)));
            int later = chance.between(1, 5);
            afterCallWork.waitFor(later + SHORTEST_STEP);
            afterCallWork.pass(later);
            rehearsal.then(CallScript::delivers);
        } else if (chance.in100(4) && canBeLost) {
            rehearsal.then(script -> move.apply(script.loses(WRAP_UPS)).delivers());
            afterCallWork.waitForSearch();
        } else {
            rehearsal.then(move);
        }
    }

    /** Those who are still in the conference leave, one after another. */
    void othersLeave() {
        while (rehearsal.call().conferenceGoesOn()
                && (chance.in100(80) || !rehearsal.agentsInCall().isEmpty())) {
            afterCallWork.pass(chance.between(SHORTEST_STEP, LONGEST_STEP));
            List<UnaryOperator<CallScript>> possible = new ArrayList<>();
            if (rehearsal.call().has(Kind.CUSTOMER)) {
                possible.add(CallScript::customerHangsUp);
            }
            if (rehearsal.call().has(Kind.OUTSIDE)) {
                possible.add(CallScript::outsideHangsUp);
            }
            if (rehearsal.call().has(Kind.SUPERVISOR)) {
                possible.add(CallScript::supervisorHangsUp);
            }
            List<ScriptedAgent> agents = rehearsal.agentsInCall();
            if (!agents.isEmpty() && (possible.isEmpty() || chance.in100(50))) {
                agentLeaves(chance.oneOf(agents));
            } else if (possible.isEmpty()) {
                return;
            } else {
                move(chance.oneOf(possible));
            }
        }
    }
}
