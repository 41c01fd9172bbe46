package io.hangupby.simulator;

import java.util.Optional;

/** Plays one story for one agent's desk, with pauses between the steps. Used by one thread. */
final class LiveStage {

    private final TwilioSimulator twilio;
    private final Desk desk;
    private final CallOptions options;
    private final Breath breath;
    private Agent agent;
    private Optional<SimulatedCall> call = Optional.empty();

    LiveStage(TwilioSimulator twilio, Desk desk, CallOptions options, Breath breath) {
        this.twilio = twilio;
        this.desk = desk;
        this.options = options;
        this.breath = breath;
        this.agent = desk.browser();
    }

    /** The call that was played. */
    SimulatedCall call() {
        return call.orElseThrow(() -> new IllegalStateException("the story has not begun"));
    }

    Agent agent() {
        return agent;
    }

    LiveStage onDeskPhone() {
        agent = desk.deskPhone();
        return this;
    }

    LiveStage queued() throws InterruptedException {
        return begin(twilio.inboundCall(options)).then(SimulatedCall::waitsInQueue);
    }

    /** The customer waits and the agent accepts. */
    LiveStage answered() throws InterruptedException {
        return queued().then(played -> played.rings(agent)).then(played -> played.accepts(agent));
    }

    /** The agent calls the customer, whose phone rings. */
    LiveStage dialled() throws InterruptedException {
        return begin(twilio.outboundCall(agent, options));
    }

    LiveStage amongAgents() throws InterruptedException {
        return begin(twilio.internalCall(agent, desk.colleague(), options));
    }

    private LiveStage begin(SimulatedCall begun) {
        call = Optional.of(begun);
        return this;
    }

    /** One more step, after a pause. */
    LiveStage then(Step step) throws InterruptedException {
        breath.take();
        call = Optional.of(step.on(call()));
        return this;
    }

    /** The agents that one thread plays with. */
    record Desk(Agent browser, Agent deskPhone, Agent colleague) {}

    /** One step of a call. */
    @FunctionalInterface
    interface Step {
        SimulatedCall on(SimulatedCall call);
    }

    /** The pause between two steps. */
    @FunctionalInterface
    interface Breath {
        void take() throws InterruptedException;
    }
}
