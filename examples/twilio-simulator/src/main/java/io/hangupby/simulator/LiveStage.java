package io.hangupby.simulator;

import java.util.Optional;

/** Plays one story for one agent's desk, with pauses between the steps. Used by one thread. */
final class LiveStage implements Story.Stage {

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

    @Override
    public Agent agent() {
        return agent;
    }

    @Override
    public Story.Stage onDeskPhone() {
        agent = desk.deskPhone();
        return this;
    }

    @Override
    public Story.Stage queued() throws InterruptedException {
        return begin(twilio.inboundCall(options)).then(SimulatedCall::waitsInQueue);
    }

    @Override
    public Story.Stage answered() throws InterruptedException {
        return queued().then(played -> played.rings(agent)).then(played -> played.accepts(agent));
    }

    @Override
    public Story.Stage dialled() throws InterruptedException {
        return begin(twilio.outboundCall(agent, options));
    }

    @Override
    public Story.Stage amongAgents() throws InterruptedException {
        return begin(twilio.internalCall(agent, desk.colleague(), options));
    }

    private Story.Stage begin(SimulatedCall begun) {
        call = Optional.of(begun);
        return this;
    }

    @Override
    public Story.Stage then(Story.Step step) throws InterruptedException {
        breath.take();
        call = Optional.of(step.on(call()));
        return this;
    }

    /** The agents that one thread plays with. */
    record Desk(Agent browser, Agent deskPhone, Agent colleague) {}

    /** The pause between two steps. */
    @FunctionalInterface
    interface Breath {
        void take() throws InterruptedException;
    }
}
