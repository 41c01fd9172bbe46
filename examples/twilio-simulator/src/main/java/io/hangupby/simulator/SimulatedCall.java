package io.hangupby.simulator;

import io.hangupby.simulator.ExpectedOutcome.Cause;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.account.Party;
import io.hangupby.simulator.events.EventDelivery;
import io.hangupby.simulator.internal.account.PhoneCall;
import io.hangupby.simulator.internal.account.ReservationState.Status;
import java.util.List;
import java.util.Optional;

/**
 * A call that a test plays step by step. Each step changes what the API shows in one moment and then sends the events that
 * TaskRouter and the conference would send. The call records how each segment really ended. Thread-safe, but the steps of
 * a call make sense only in order.
 *
 * <p>Example:
 *
 * <pre>{@code
 * Agent agent = twilio.browserAgent("Ann");
 * SimulatedCall call = twilio.inboundCall().waitsInQueue().accepts(agent).customerHangsUp();
 * call.task().awaitHangUpBy("customer", Duration.ofSeconds(10));
 * call.completes(agent);
 * }</pre>
 */
public final class SimulatedCall extends MultiPartyCall {

    private final ConnectSteps connects;
    private final DisconnectSteps disconnects;
    private final PluginSteps plugin;
    private final CallEvents events;

    SimulatedCall(CallState state, EventDelivery delivery, SimulatedTask task) {
        this(state, delivery, task, new DisconnectSteps(state));
    }

    private SimulatedCall(CallState state, EventDelivery delivery, SimulatedTask task, DisconnectSteps disconnects) {
        super(state, delivery, task, disconnects);
        this.connects = new ConnectSteps(state);
        this.disconnects = disconnects;
        this.plugin = new PluginSteps(state);
        this.events = new CallEvents(state, delivery);
    }

    @Override
    SimulatedCall then(Runnable step) {
        step.run();
        return this;
    }

    // ---- the beginning

    /** The task is created, with the call of a customer who is already connected. */
    SimulatedCall begins(Optional<PhoneCall> caller) {
        return then(() -> connects.begins(caller));
    }

    /** The task enters a queue. This step is optional. */
    public SimulatedCall waitsInQueue() {
        return then(() -> connects.waitsInQueue());
    }

    /** The task is offered to an agent, initially or in a transfer. */
    public SimulatedCall rings(Agent agent) {
        return then(() -> connects.rings(agent));
    }

    /**
     * The agent accepts the reservation, which is created first if necessary. The first agent opens a conference, the target
     * agent of a transfer joins it.
     */
    public SimulatedCall accepts(Agent agent) {
        return then(() -> connects.accepts(agent));
    }

    /** The agent rejects the reservation: the task waits again, or the transfer fails. */
    public SimulatedCall declines(Agent agent) {
        return then(() -> connects.declines(agent, Status.REJECTED));
    }

    /** The reservation times out: the task waits again, or the transfer fails. */
    public SimulatedCall doesNotRespond(Agent agent) {
        return then(() -> connects.declines(agent, Status.TIMEOUT));
    }

    // ---- dialling out

    /** Flex dials the customer for an agent who is already in the conference. */
    SimulatedCall dials(Agent agent, String number) {
        return then(() -> connects.dials(agent, number));
    }

    /** Flex dials a colleague, who picks up; there is no customer. */
    SimulatedCall dialsColleague(Agent agent, Agent colleague) {
        return then(() -> connects.dialsColleague(agent, colleague));
    }

    /** The dialled customer picks up. */
    public SimulatedCall customerPicksUp() {
        return then(() -> connects.customerPicksUp());
    }

    /** The dialled customer is busy, and Flex ends the agent's leg. */
    public SimulatedCall customerBusy() {
        return then(() -> disconnects.customerIsNotReached(PhoneCall.Status.BUSY));
    }

    /** The dialled customer does not pick up, and Flex ends the agent's leg. */
    public SimulatedCall customerDoesNotPickUp() {
        return then(() -> disconnects.customerIsNotReached(PhoneCall.Status.NO_ANSWER));
    }

    /** The call to the customer fails, and Flex ends the agent's leg. */
    public SimulatedCall callFails() {
        return then(() -> disconnects.customerIsNotReached(PhoneCall.Status.FAILED));
    }

    /** The agent stops dialling before the customer picks up, and the plugin writes its marker. */
    public SimulatedCall agentCancelsDial(Agent agent) {
        return agentCancelsDial(agent, PluginMarker.NAMED);
    }

    /** The agent stops dialling before the customer picks up. */
    public SimulatedCall agentCancelsDial(Agent agent, PluginMarker marker) {
        return marked(agent, marker).then(() -> disconnects.agentCancelsDial(agent));
    }

    // ---- the customer

    /** The customer hangs up. */
    public SimulatedCall customerHangsUp() {
        return then(() -> disconnects.customerLeaves(Cause.CUSTOMER_HUNG_UP));
    }

    /** The customer's mobile loses its signal, and the leg ends. */
    public SimulatedCall customerLosesSignal() {
        return then(() -> disconnects.customerLeaves(Cause.CUSTOMER_LOST_SIGNAL));
    }

    /** The customer gives up in the queue, or while an agent's phone rings: at first, or in a transfer. */
    public SimulatedCall customerGivesUp() {
        return then(() -> disconnects.customerGivesUp());
    }

    /** The customer is put on hold. */
    public SimulatedCall hold() {
        return then(() -> hold(true));
    }

    /** The customer is taken off hold. */
    public SimulatedCall unhold() {
        return then(() -> hold(false));
    }

    /**
     * A program redirects the customer to a survey or a flow: the conference ends, the customer's call goes on.
     */
    public SimulatedCall customerMovedOn() {
        return then(() -> disconnects.customerIsMovedOn(Cause.PROGRAM_MOVED_CUSTOMER));
    }

    /** The agent clicks Hang up, and the customer is redirected to a survey. */
    public SimulatedCall customerMovedOn(Agent clicker, PluginMarker marker) {
        return marked(clicker, marker).then(() -> disconnects.customerIsMovedOn(Cause.AGENT_SENT_CUSTOMER_ON));
    }

    /**
     * The agent redirects the customer to a number through the API: the customer's call goes on, with a child call to it.
     */
    public SimulatedCall sendsCustomerTo(Agent agent, String number) {
        return then(() -> disconnects.customerIsSentTo(agent, number));
    }

    /**
     * The agent's plugin transfers by putting the customer into a queue again: a cold transfer begins, and the API redirects
     * the customer's leg at once.
     */
    public SimulatedCall reEnqueuesCustomer(Agent agent) {
        return startsColdTransferToQueue(agent).then(() -> disconnects.customerIsEnqueuedAgain());
    }

    /** A customer who was redirected hangs up: the call ends, after the conference. */
    public SimulatedCall movedCustomerHangsUp() {
        return then(() -> disconnects.movedCustomerHangsUp());
    }

    // ---- the agent

    /** The agent clicks Hang up, and the plugin writes its full marker. */
    public SimulatedCall agentClicksHangUp(Agent agent) {
        return agentClicksHangUp(agent, PluginMarker.NAMED);
    }

    /** The agent clicks Hang up. The plugin writes the marker, then the leg ends. */
    public SimulatedCall agentClicksHangUp(Agent agent, PluginMarker marker) {
        return marked(agent, marker).then(() -> disconnects.agentLeaves(agent, Cause.AGENT_CLICKED));
    }

    /** The agent's page is refreshed: the leg ends, without a marker. */
    public SimulatedCall agentRefreshes(Agent agent) {
        return then(() -> disconnects.agentLeaves(agent, Cause.AGENT_REFRESHED));
    }

    /** The agent's browser, computer or network fails: the leg ends, without a marker. */
    public SimulatedCall agentCrashes(Agent agent) {
        return then(() -> disconnects.agentLeaves(agent, Cause.AGENT_CRASHED));
    }

    /** The agent puts down the handset of a desk phone, without a marker. */
    public SimulatedCall agentPutsDownHandset(Agent agent) {
        return then(() -> disconnects.agentLeaves(agent, Cause.AGENT_PUT_DOWN_HANDSET));
    }

    /**
     * The agent, on a desk phone, clicks End in Flex, which removes the leg through the API, without a marker.
     */
    public SimulatedCall agentEndsFromDeskPhone(Agent agent) {
        return then(() -> disconnects.agentIsRemoved(agent, Cause.AGENT_PRESSED_END));
    }

    /** Flex ends the agent's leg without a click, as after the start of a cold transfer. */
    public SimulatedCall agentLeaves(Agent agent) {
        return then(() -> disconnects.agentLeaves(agent, Cause.AGENT_CLICKED));
    }

    /** The agent's connection is lost for a moment and comes back; the leg stays. */
    public SimulatedCall agentConnectionBlips(Agent agent) {
        state().change(moment -> moment.emitWorkerEvent("worker.activity.update", agent, "Offline"));
        state().change(moment -> moment.emitWorkerEvent("worker.activity.update", agent, "Available"));
        return this;
    }

    /** The agent's browser dies while the leg stays: its end-conference-on-exit flag is not updated any more. */
    public SimulatedCall agentBrowserDies(Agent agent) {
        state().change(moment -> state().leg(agent).freeze());
        return this;
    }

    /** The agent removes the customer from the conference. */
    public SimulatedCall agentRemovesCustomer(Agent agent) {
        return then(() -> disconnects.customerIsRemoved(agent));
    }

    /** The agent ends the conference for all, which Flex does through the API, and the plugin writes its full marker. */
    public SimulatedCall agentEndsForAll(Agent agent) {
        return agentEndsForAll(agent, PluginMarker.NAMED);
    }

    /** The agent ends the conference for all, which Flex does through the API. */
    public SimulatedCall agentEndsForAll(Agent agent, PluginMarker marker) {
        return marked(agent, marker).then(() -> disconnects.agentEndsForAll(agent));
    }

    /** A program ends the conference through the API. */
    public SimulatedCall programEndsConference() {
        return then(() -> disconnects.programEndsConference());
    }

    /** The agent clicks Hang up and the plugin writes the marker, but the leg stays because the hang-up fails. */
    public SimulatedCall agentClicksWithoutLeaving(Agent agent, PluginMarker marker) {
        return marked(agent, marker);
    }

    /**
     * The agent clicks Hang up, with a plugin that writes its marker only afterwards: the leg ends, and
     * {@link #writesMarkerLate} follows.
     */
    public SimulatedCall agentClicksBeforeMarker(Agent agent) {
        return then(() -> disconnects.agentLeaves(agent, Cause.AGENT_CLICKED));
    }

    /** The plugin writes the marker of a click seconds ago, while the agent is in after-call work. */
    public SimulatedCall writesMarkerLate(Agent agent, PluginMarker marker) {
        return marked(agent, marker);
    }

    /** The plugin removes its full marker because the hang-up failed. */
    public SimulatedCall withdrawsMarker(Agent agent) {
        return then(() -> plugin.withdraw(agent));
    }

    /** The agent finishes a task without a call: a voicemail. */
    public SimulatedCall agentFinishesTask(Agent agent) {
        state().change(moment -> {
            state().expectedOutcomes().ended(Cause.NO_CUSTOMER, agent);
            state().router().wrapUp(List.of(state().reservation(agent, Status.ACCEPTED)), moment);
        });
        return this;
    }

    /** The agent completes the after-call work. At this moment Flex Insights copies the attributes. */
    public SimulatedCall completes(Agent agent) {
        state().change(moment -> state().router().complete(state().reservation(agent, Status.WRAPPING), moment));
        return this;
    }

    /** All agents who are in after-call work complete it, in the order in which they left. */
    public SimulatedCall allComplete() {
        agentsInWrapUp().forEach(this::completes);
        return this;
    }

    /** Delivers the latest event of a type again, unchanged: of the workspace or of the conference. */
    public SimulatedCall repeats(String eventType) {
        return then(() -> events.repeat(eventType));
    }

    private SimulatedCall marked(Agent agent, PluginMarker marker) {
        plugin.mark(agent, marker);
        return this;
    }

    private void hold(boolean on) {
        state().change(moment -> state().requireConference().hold(state().leg(Party.Kind.CUSTOMER), on));
    }
}
