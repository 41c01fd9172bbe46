package io.hangupby.simulator.scenarios;

import io.hangupby.simulator.CallOptions;
import io.hangupby.simulator.PluginMarker;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import java.util.List;
import java.util.Optional;

/** Plays the steps of one {@link CallScenario}, with pauses between the steps. Used by one thread. */
final class ScenarioPlayer {

    private final TwilioSimulator twilio;
    private final AgentTeam team;
    private final CallOptions options;
    private final Pause pause;
    private final Pause wrapUp;
    private Agent agent;
    private Optional<SimulatedCall> call = Optional.empty();

    /**
     * Creates a player.
     *
     * @param pause the pause before each step
     * @param wrapUp the time that an agent spends in after-call work
     */
    ScenarioPlayer(TwilioSimulator twilio, AgentTeam team, CallOptions options, Pause pause, Pause wrapUp) {
        this.twilio = twilio;
        this.team = team;
        this.options = options;
        this.pause = pause;
        this.wrapUp = wrapUp;
        this.agent = team.browser();
    }

    /** Plays a scenario up to the end of the call. */
    ScenarioPlayer play(CallScenario scenario) throws InterruptedException {
        switch (scenario) {
            case CUSTOMER_HANGS_UP -> withAgent().then(SimulatedCall::customerHangsUp);
            case CUSTOMER_HANGS_UP_ON_HOLD ->
                withAgent().then(SimulatedCall::hold).then(SimulatedCall::customerHangsUp);
            case CUSTOMER_LOSES_SIGNAL -> withAgent().then(SimulatedCall::customerLosesSignal);
            case AGENT_CLICKS -> withAgent().then(call -> call.agentClicksHangUp(agent));
            case AGENT_CLICKS_BARE_MARKER -> withAgent().then(call -> call.agentClicksHangUp(agent, PluginMarker.BARE));
            case AGENT_REFRESHES -> withAgent().then(call -> call.agentRefreshes(agent));
            case AGENT_CRASHES -> withAgent().then(call -> call.agentCrashes(agent));
            case HANDSET_DOWN -> onDeskPhone().withAgent().then(call -> call.agentPutsDownHandset(agent));
            case CUSTOMER_REMOVED -> withAgent().then(call -> call.agentRemovesCustomer(agent));
            case SURVEY_AFTER_CLICK -> withAgent().then(call -> call.customerMovedOn(agent, PluginMarker.NAMED));
            case MOVED_BY_PROGRAM -> withAgent().then(SimulatedCall::customerMovedOn);
            case ENDED_BY_PROGRAM -> withAgent().then(SimulatedCall::programEndsConference);
            case ENDED_FOR_ALL -> withAgent().then(call -> call.agentEndsForAll(agent));
            case OUTBOUND_PICKED_UP ->
                dialled().then(SimulatedCall::customerPicksUp).then(SimulatedCall::customerHangsUp);
            case OUTBOUND_BUSY -> dialled().then(SimulatedCall::customerBusy);
            case OUTBOUND_NOT_PICKED_UP -> dialled().then(SimulatedCall::customerDoesNotPickUp);
            case ABANDONED_IN_QUEUE -> queued().then(SimulatedCall::customerGivesUp);
            case ABANDONED_WHILE_RINGING ->
                queued().then(call -> call.rings(agent)).then(SimulatedCall::customerGivesUp);
            case INTERNAL -> internal().then(call -> call.agentClicksHangUp(agent, PluginMarker.NONE));
            default -> playWithTwoAgents(scenario);
        }
        return this;
    }

    private void playWithTwoAgents(CallScenario scenario) throws InterruptedException {
        Agent colleague = team.colleague();
        switch (scenario) {
            case COLD_TRANSFER -> coldTransferred().then(SimulatedCall::customerHangsUp);
            case COLD_TRANSFER_TO_QUEUE ->
                withAgent()
                        .then(call -> call.startsColdTransferToQueue(agent))
                        .then(call -> call.agentLeaves(agent))
                        .then(call -> call.declines(team.deskPhone()))
                        .then(call -> call.accepts(colleague))
                        .afterWorkHandler(agent)
                        .then(call -> call.agentClicksHangUp(colleague));
            case COLD_TRANSFER_DECLINED ->
                withAgent()
                        .then(call -> call.startsColdTransfer(agent, colleague))
                        .then(call -> call.declines(colleague))
                        .then(SimulatedCall::unhold)
                        .then(SimulatedCall::customerHangsUp);
            case COLD_TRANSFER_ABANDONED ->
                withAgent()
                        .then(call -> call.startsColdTransfer(agent, colleague))
                        .then(call -> call.agentLeaves(agent))
                        .then(call -> call.rings(colleague))
                        .afterWorkHandler(agent)
                        .then(SimulatedCall::customerGivesUp);
            case WARM_TRANSFER ->
                consulting()
                        .then(SimulatedCall::unhold)
                        .then(call -> call.agentClicksHangUp(agent))
                        .afterWorkHandler(agent)
                        .then(SimulatedCall::customerHangsUp);
            case WARM_TRANSFER_OVERLAPPING ->
                consulting()
                        .then(SimulatedCall::unhold)
                        .then(call -> call.agentClicksHangUp(agent))
                        .then(call -> call.agentClicksHangUp(colleague));
            case CONSULT -> consulted().then(call -> call.agentClicksHangUp(agent));
            case CONSULT_THEN_CRASH -> consulted().then(call -> call.agentCrashes(agent));
            case CUSTOMER_LEAVES_CONSULT -> consulting().then(SimulatedCall::customerHangsUp);
            default -> playWithThirdParties(scenario);
        }
    }

    private void playWithThirdParties(CallScenario scenario) throws InterruptedException {
        switch (scenario) {
            case EXTERNAL_WARM_TRANSFER -> withOutsideParty().then(call -> call.agentClicksHangUp(agent));
            case EXTERNAL_COLD_TRANSFER -> withAgent().then(call -> call.sendsCustomerTo(agent, team.outsideNumber()));
            case OUTSIDE_PARTY_LEAVES ->
                withOutsideParty().then(SimulatedCall::outsideHangsUp).then(SimulatedCall::customerHangsUp);
            case SUPERVISOR_LISTENS ->
                withAgent().then(call -> call.listensIn(team.supervisor())).then(SimulatedCall::customerHangsUp);
            case SUPERVISOR_ENDS ->
                withAgent()
                        .then(call -> call.listensIn(team.supervisor()))
                        .then(call -> call.joinsTalk(team.supervisor()))
                        .then(SimulatedCall::supervisorHangsUp);
            default -> throw new IllegalArgumentException("No steps for " + scenario);
        }
    }

    private ScenarioPlayer coldTransferred() throws InterruptedException {
        return withAgent()
                .then(call -> call.startsColdTransfer(agent, team.colleague()))
                .then(call -> call.agentLeaves(agent))
                .then(call -> call.rings(team.colleague()))
                .then(call -> call.accepts(team.colleague()))
                .afterWorkHandler(agent);
    }

    private ScenarioPlayer consulting() throws InterruptedException {
        return withAgent()
                .then(call -> call.startsWarmTransfer(agent, team.colleague()))
                .then(call -> call.rings(team.colleague()))
                .then(call -> call.accepts(team.colleague()));
    }

    private ScenarioPlayer consulted() throws InterruptedException {
        return consulting()
                .then(call -> call.agentClicksHangUp(team.colleague()))
                .then(SimulatedCall::unhold)
                .afterWorkHandler(team.colleague());
    }

    private ScenarioPlayer withOutsideParty() throws InterruptedException {
        return withAgent()
                .then(call -> call.dialsOut(agent, team.outsideNumber()))
                .then(SimulatedCall::outsideRings)
                .then(SimulatedCall::outsidePicksUp);
    }

    // ---- how a call begins

    private ScenarioPlayer onDeskPhone() {
        agent = team.deskPhone();
        return this;
    }

    private ScenarioPlayer queued() throws InterruptedException {
        return begin(twilio.inboundCall(options)).then(SimulatedCall::waitsInQueue);
    }

    /** The customer waits and the agent accepts. */
    private ScenarioPlayer withAgent() throws InterruptedException {
        return queued().then(played -> played.rings(agent)).then(played -> played.accepts(agent));
    }

    /** The agent calls the customer, whose phone rings. */
    private ScenarioPlayer dialled() {
        return begin(twilio.outboundCall(agent, options));
    }

    private ScenarioPlayer internal() {
        return begin(twilio.internalCall(agent, team.colleague(), options));
    }

    private ScenarioPlayer begin(SimulatedCall begun) {
        call = Optional.of(begun);
        return this;
    }

    // ---- how it goes on

    /** Plays one step after a pause. */
    private ScenarioPlayer then(Step step) throws InterruptedException {
        pause.await();
        call = Optional.of(step.on(call()));
        return this;
    }

    /** An agent who has left completes, while the call goes on. */
    private ScenarioPlayer afterWorkHandler(Agent whose) throws InterruptedException {
        wrapUp.await();
        call = Optional.of(call().completes(whose));
        return this;
    }

    /** The agents who are still in after-call work complete, one after another. */
    ScenarioPlayer complete() throws InterruptedException {
        wrapUp.await();
        List<Agent> waiting = call().agentsInWrapUp();
        for (int i = 0; i < waiting.size(); i++) {
            if (i > 0) {
                wrapUp.await();
            }
            call().completes(waiting.get(i));
        }
        return this;
    }

    /** Returns the call that was played. */
    SimulatedCall call() {
        return call.orElseThrow(() -> new IllegalStateException("The scenario has not begun"));
    }

    /** One step of a call. */
    @FunctionalInterface
    private interface Step {
        SimulatedCall on(SimulatedCall call);
    }

    /** The pause before a step. */
    @FunctionalInterface
    interface Pause {
        void await() throws InterruptedException;
    }
}
