package io.hangupby.simulator.scenarios;

import io.hangupby.simulator.PluginMarker;
import io.hangupby.simulator.SimulatedCall;

/** The moves of a script in which more than one agent and one customer take part. */
abstract sealed class MultiPartyMoves permits OneAgentMoves {

    /** Adds a move. */
    abstract CallScript then(String text, Move.Act act);

    // ---- transfers

    /** See {@link SimulatedCall#startsColdTransfer}. */
    public CallScript startsColdTransfer(ScriptedAgent from, ScriptedAgent to) {
        return then(
                "startsColdTransfer(" + from + ", " + to + ")",
                (call, stage) -> call.startsColdTransfer(stage.agent(from), stage.agent(to)));
    }

    /** See {@link SimulatedCall#startsColdTransferToQueue}. */
    public CallScript startsColdTransferToQueue(ScriptedAgent from) {
        return then(
                "startsColdTransferToQueue(" + from + ")",
                (call, stage) -> call.startsColdTransferToQueue(stage.agent(from)));
    }

    /** See {@link SimulatedCall#startsWarmTransfer}. */
    public CallScript startsWarmTransfer(ScriptedAgent from, ScriptedAgent to) {
        return then(
                "startsWarmTransfer(" + from + ", " + to + ")",
                (call, stage) -> call.startsWarmTransfer(stage.agent(from), stage.agent(to)));
    }

    /** See {@link SimulatedCall#startsWarmTransferToQueue}. */
    public CallScript startsWarmTransferToQueue(ScriptedAgent from) {
        return then(
                "startsWarmTransferToQueue(" + from + ")",
                (call, stage) -> call.startsWarmTransferToQueue(stage.agent(from)));
    }

    /** See {@link SimulatedCall#cancelsTransfer}. */
    public CallScript cancelsTransfer(ScriptedAgent from) {
        return then("cancelsTransfer(" + from + ")", (call, stage) -> call.cancelsTransfer(stage.agent(from)));
    }

    /** See {@link SimulatedCall#queueTransferFails}. */
    public CallScript queueTransferFails(ScriptedAgent from) {
        return then("queueTransferFails(" + from + ")", (call, stage) -> call.queueTransferFails(stage.agent(from)));
    }

    /** See {@link SimulatedCall#reEnqueuesCustomer}. */
    public CallScript reEnqueuesCustomer(ScriptedAgent agent) {
        return then("reEnqueuesCustomer(" + agent + ")", (call, stage) -> call.reEnqueuesCustomer(stage.agent(agent)));
    }

    // ---- outside parties

    /** The agent dials {@link CallScript#OUTSIDE_NUMBER} into the conference; its call is queued. */
    public CallScript dialsOut(ScriptedAgent agent) {
        return then(
                "dialsOut(" + agent + ")",
                (call, stage) -> call.dialsOut(stage.agent(agent), CallScript.OUTSIDE_NUMBER));
    }

    /** See {@link SimulatedCall#outsideRings}. */
    public CallScript outsideRings() {
        return then("outsideRings()", (call, stage) -> call.outsideRings());
    }

    /** See {@link SimulatedCall#outsidePicksUp}. */
    public CallScript outsidePicksUp() {
        return then("outsidePicksUp()", (call, stage) -> call.outsidePicksUp());
    }

    /** See {@link SimulatedCall#outsideDoesNotPickUp}. */
    public CallScript outsideDoesNotPickUp() {
        return then("outsideDoesNotPickUp()", (call, stage) -> call.outsideDoesNotPickUp());
    }

    /** See {@link SimulatedCall#outsideBusy}. */
    public CallScript outsideBusy() {
        return then("outsideBusy()", (call, stage) -> call.outsideBusy());
    }

    /** See {@link SimulatedCall#outsideHangsUp}. */
    public CallScript outsideHangsUp() {
        return then("outsideHangsUp()", (call, stage) -> call.outsideHangsUp());
    }

    /** See {@link SimulatedCall#agentRemovesOutside}. */
    public CallScript agentRemovesOutside(ScriptedAgent agent) {
        return then(
                "agentRemovesOutside(" + agent + ")", (call, stage) -> call.agentRemovesOutside(stage.agent(agent)));
    }

    /** A recorder at {@link CallScript#RECORDER} joins, which is no party. */
    public CallScript recorderJoins(ScriptedAgent agent) {
        return then(
                "recorderJoins(" + agent + ")",
                (call, stage) -> call.recorderJoins(stage.agent(agent), CallScript.RECORDER));
    }

    /** The agent dials {@link CallScript#OUTSIDE_NUMBER} as a second customer, who picks up. */
    public CallScript secondCustomerJoins(ScriptedAgent agent) {
        return then(
                "secondCustomerJoins(" + agent + ")",
                (call, stage) -> call.dialsSecondCustomer(stage.agent(agent), CallScript.OUTSIDE_NUMBER)
                        .secondCustomerPicksUp());
    }

    /** See {@link SimulatedCall#secondCustomerHangsUp}. */
    public CallScript secondCustomerHangsUp() {
        return then("secondCustomerHangsUp()", (call, stage) -> call.secondCustomerHangsUp());
    }

    /** The agent redirects the customer to {@link CallScript#OUTSIDE_NUMBER} through the API. */
    public CallScript sendsCustomerOut(ScriptedAgent agent) {
        return then(
                "sendsCustomerOut(" + agent + ")",
                (call, stage) -> call.sendsCustomerTo(stage.agent(agent), CallScript.OUTSIDE_NUMBER));
    }

    // ---- supervisors

    /** See {@link SimulatedCall#listensIn}. */
    public CallScript listensIn(ScriptedAgent supervisor) {
        return then("listensIn(" + supervisor + ")", (call, stage) -> call.listensIn(stage.agent(supervisor)));
    }

    /** See {@link SimulatedCall#coaches}. */
    public CallScript coaches(ScriptedAgent supervisor, ScriptedAgent agent) {
        return then(
                "coaches(" + supervisor + ", " + agent + ")",
                (call, stage) -> call.coaches(stage.agent(supervisor), stage.agent(agent)));
    }

    /** See {@link SimulatedCall#joinsTalk}. */
    public CallScript joinsTalk(ScriptedAgent supervisor) {
        return then("joinsTalk(" + supervisor + ")", (call, stage) -> call.joinsTalk(stage.agent(supervisor)));
    }

    /** See {@link SimulatedCall#supervisorHangsUp}. */
    public CallScript supervisorHangsUp() {
        return then("supervisorHangsUp()", (call, stage) -> call.supervisorHangsUp());
    }

    /** See {@link SimulatedCall#supervisorRemovesAgent}. */
    public CallScript supervisorRemovesAgent(ScriptedAgent supervisor, ScriptedAgent agent) {
        return then(
                "supervisorRemovesAgent(" + supervisor + ", " + agent + ")",
                (call, stage) -> call.supervisorRemovesAgent(stage.agent(supervisor), stage.agent(agent)));
    }

    // ---- how a call is told

    /** Delivers each event twice from now on. */
    public CallScript deliveredTwice() {
        return then("deliveredTwice()", (call, stage) -> stage.deliverTwice());
    }

    /** Delivers the events of a moment in any order from now on. */
    public CallScript deliveredInAnyOrder() {
        return then("deliveredInAnyOrder()", (call, stage) -> stage.shuffle());
    }

    /** Loses the events of these types from now on. */
    public CallScript loses(String... types) {
        return then("loses(" + quoted(types) + ")", (call, stage) -> stage.lose(types));
    }

    /** Loses the conference status callback with this sequence number. See {@link ScriptStage#loseCallback}. */
    public CallScript losesCallback(int number) {
        return then("losesCallback(" + number + ")", (call, stage) -> stage.loseCallback(number));
    }

    /** Holds back the events of these types from now on. */
    public CallScript holdsBack(String... types) {
        return then("holdsBack(" + quoted(types) + ")", (call, stage) -> stage.holdBack(types));
    }

    /** Delivers what was held back, and from now on everything. */
    public CallScript delivers() {
        return then("delivers()", (call, stage) -> stage.deliver());
    }

    /** Delivers the latest event of a type again, unchanged. */
    public CallScript repeats(String type) {
        return then("repeats(" + quoted(type) + ")", (call, stage) -> stage.repeat(call, type));
    }

    private static String quoted(String... types) {
        return types.length == 0 ? "" : "\"" + String.join("\", \"", types) + "\"";
    }

    // ---- plugins

    /** See {@link SimulatedCall#agentClicksWithoutLeaving}. */
    public CallScript agentClicksWithoutLeaving(ScriptedAgent agent, PluginMarker marker) {
        return then(
                "agentClicksWithoutLeaving(" + agent + ", PluginMarker." + marker + ")",
                (call, stage) -> call.agentClicksWithoutLeaving(stage.agent(agent), marker));
    }

    /** See {@link SimulatedCall#withdrawsMarker}. */
    public CallScript withdrawsMarker(ScriptedAgent agent) {
        return then("withdrawsMarker(" + agent + ")", (call, stage) -> call.withdrawsMarker(stage.agent(agent)));
    }

    /** See {@link SimulatedCall#agentClicksBeforeMarker}. */
    public CallScript agentClicksBeforeMarker(ScriptedAgent agent) {
        return then(
                "agentClicksBeforeMarker(" + agent + ")",
                (call, stage) -> call.agentClicksBeforeMarker(stage.agent(agent)));
    }

    /** See {@link SimulatedCall#writesMarkerLate}. */
    public CallScript writesMarkerLate(ScriptedAgent agent, PluginMarker marker) {
        return then(
                "writesMarkerLate(" + agent + ", PluginMarker." + marker + ")",
                (call, stage) -> call.writesMarkerLate(stage.agent(agent), marker));
    }
}
