package io.hangupby.simulator.scenarios;

import io.hangupby.simulator.PluginMarker;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.account.Agent;

/** The moves of a script that one agent and one customer make. */
abstract sealed class OneAgentMoves extends MultiPartyMoves permits CallScript {

    private CallScript then(String name, PartyMove move) {
        return then(name + "()", (call, stage) -> move.of(call));
    }

    private CallScript by(String name, ScriptedAgent agent, AgentMove move) {
        return then(name + "(" + agent + ")", (call, stage) -> move.of(call, stage.agent(agent)));
    }

    private CallScript by(String name, ScriptedAgent agent, PluginMarker marker, MarkedMove move) {
        return then(
                name + "(" + agent + ", PluginMarker." + marker + ")",
                (call, stage) -> move.of(call, stage.agent(agent), marker));
    }

    /** See {@link SimulatedCall#rings}. */
    public CallScript rings(ScriptedAgent agent) {
        return by("rings", agent, SimulatedCall::rings);
    }

    /** See {@link SimulatedCall#accepts}. */
    public CallScript accepts(ScriptedAgent agent) {
        return by("accepts", agent, SimulatedCall::accepts);
    }

    /** See {@link SimulatedCall#declines}. */
    public CallScript declines(ScriptedAgent agent) {
        return by("declines", agent, SimulatedCall::declines);
    }

    /** See {@link SimulatedCall#doesNotRespond}. */
    public CallScript doesNotRespond(ScriptedAgent agent) {
        return by("doesNotRespond", agent, SimulatedCall::doesNotRespond);
    }

    /** See {@link SimulatedCall#customerPicksUp}. */
    public CallScript customerPicksUp() {
        return then("customerPicksUp", SimulatedCall::customerPicksUp);
    }

    /** See {@link SimulatedCall#customerBusy}. */
    public CallScript customerBusy() {
        return then("customerBusy", SimulatedCall::customerBusy);
    }

    /** See {@link SimulatedCall#customerDoesNotPickUp}. */
    public CallScript customerDoesNotPickUp() {
        return then("customerDoesNotPickUp", SimulatedCall::customerDoesNotPickUp);
    }

    /** See {@link SimulatedCall#agentCancelsDial(io.hangupby.simulator.account.Agent)}. */
    public CallScript agentCancelsDial(ScriptedAgent agent) {
        return by("agentCancelsDial", agent, SimulatedCall::agentCancelsDial);
    }

    /** See {@link SimulatedCall#customerHangsUp}. */
    public CallScript customerHangsUp() {
        return then("customerHangsUp", SimulatedCall::customerHangsUp);
    }

    /** See {@link SimulatedCall#customerLosesSignal}. */
    public CallScript customerLosesSignal() {
        return then("customerLosesSignal", SimulatedCall::customerLosesSignal);
    }

    /** See {@link SimulatedCall#customerGivesUp}. */
    public CallScript customerGivesUp() {
        return then("customerGivesUp", SimulatedCall::customerGivesUp);
    }

    /** See {@link SimulatedCall#hold}. */
    public CallScript hold() {
        return then("hold", SimulatedCall::hold);
    }

    /** See {@link SimulatedCall#unhold}. */
    public CallScript unhold() {
        return then("unhold", SimulatedCall::unhold);
    }

    /** See {@link SimulatedCall#customerMovedOn()}. */
    public CallScript customerMovedOn() {
        return then("customerMovedOn", SimulatedCall::customerMovedOn);
    }

    /** See {@link SimulatedCall#customerMovedOn(io.hangupby.simulator.account.Agent, PluginMarker)}. */
    public CallScript customerMovedOn(ScriptedAgent clicker, PluginMarker marker) {
        return by("customerMovedOn", clicker, marker, SimulatedCall::customerMovedOn);
    }

    /** See {@link SimulatedCall#movedCustomerHangsUp}. */
    public CallScript movedCustomerHangsUp() {
        return then("movedCustomerHangsUp", SimulatedCall::movedCustomerHangsUp);
    }

    /** The agent clicks Hang up, and the plugin writes its full marker. */
    public CallScript agentClicksHangUp(ScriptedAgent agent) {
        return by("agentClicksHangUp", agent, SimulatedCall::agentClicksHangUp);
    }

    /** See {@link SimulatedCall#agentClicksHangUp(io.hangupby.simulator.account.Agent, PluginMarker)}. */
    public CallScript agentClicksHangUp(ScriptedAgent agent, PluginMarker marker) {
        return by("agentClicksHangUp", agent, marker, SimulatedCall::agentClicksHangUp);
    }

    /** See {@link SimulatedCall#agentRefreshes}. */
    public CallScript agentRefreshes(ScriptedAgent agent) {
        return by("agentRefreshes", agent, SimulatedCall::agentRefreshes);
    }

    /** See {@link SimulatedCall#agentCrashes}. */
    public CallScript agentCrashes(ScriptedAgent agent) {
        return by("agentCrashes", agent, SimulatedCall::agentCrashes);
    }

    /** See {@link SimulatedCall#agentPutsDownHandset}. */
    public CallScript agentPutsDownHandset(ScriptedAgent agent) {
        return by("agentPutsDownHandset", agent, SimulatedCall::agentPutsDownHandset);
    }

    /** See {@link SimulatedCall#agentEndsFromDeskPhone}. */
    public CallScript agentEndsFromDeskPhone(ScriptedAgent agent) {
        return by("agentEndsFromDeskPhone", agent, SimulatedCall::agentEndsFromDeskPhone);
    }

    /** See {@link SimulatedCall#agentLeaves}. */
    public CallScript agentLeaves(ScriptedAgent agent) {
        return by("agentLeaves", agent, SimulatedCall::agentLeaves);
    }

    /** See {@link SimulatedCall#agentConnectionBlips}. */
    public CallScript agentConnectionBlips(ScriptedAgent agent) {
        return by("agentConnectionBlips", agent, SimulatedCall::agentConnectionBlips);
    }

    /** See {@link SimulatedCall#agentRemovesCustomer}. */
    public CallScript agentRemovesCustomer(ScriptedAgent agent) {
        return by("agentRemovesCustomer", agent, SimulatedCall::agentRemovesCustomer);
    }

    /** See {@link SimulatedCall#agentEndsForAll(io.hangupby.simulator.account.Agent, PluginMarker)}. */
    public CallScript agentEndsForAll(ScriptedAgent agent, PluginMarker marker) {
        return by("agentEndsForAll", agent, marker, SimulatedCall::agentEndsForAll);
    }

    /** See {@link SimulatedCall#programEndsConference}. */
    public CallScript programEndsConference() {
        return then("programEndsConference", SimulatedCall::programEndsConference);
    }

    /** See {@link SimulatedCall#agentFinishesTask}. */
    public CallScript agentFinishesTask(ScriptedAgent agent) {
        return by("agentFinishesTask", agent, SimulatedCall::agentFinishesTask);
    }

    /** Somebody posts a wrap-up event of the agent with a wrong signature. */
    public CallScript forgedWrapUp(ScriptedAgent agent) {
        return by("forgedWrapUp", agent, (call, who) -> {
            call.forges("reservation.wrapup", who);
            return call;
        });
    }

    /** A move of whoever it is about. */
    @FunctionalInterface
    private interface PartyMove {
        SimulatedCall of(SimulatedCall call);
    }

    /** A move of one agent. */
    @FunctionalInterface
    private interface AgentMove {
        SimulatedCall of(SimulatedCall call, Agent agent);
    }

    /** A move of one agent, with a plugin's marker. */
    @FunctionalInterface
    private interface MarkedMove {
        SimulatedCall of(SimulatedCall call, Agent agent, PluginMarker marker);
    }
}
