package io.hangupby.simulator;

import java.util.List;
import java.util.Optional;

/** Plays one story for one agent's desk, with pauses between the steps. Used by one thread. */
final class LiveStage {

    private final TwilioSimulator twilio;
    private final Desk desk;
    private final CallOptions options;
    private final Breath breath;
    private final Breath wrapUp;
    private Agent agent;
    private Optional<SimulatedCall> call = Optional.empty();

    LiveStage(TwilioSimulator twilio, Desk desk, CallOptions options, Breath breath, Breath wrapUp) {
        this.twilio = twilio;
        this.desk = desk;
        this.options = options;
        this.breath = breath;
        this.wrapUp = wrapUp;
        this.agent = desk.browser();
    }

    /** The call that was played. */
    SimulatedCall call() {
        return call.orElseThrow(() -> new IllegalStateException("the story has not begun"));
    }

    Agent agent() {
        return agent;
    }

    Agent colleague() {
        return desk.colleague();
    }

    Agent deskPhone() {
        return desk.deskPhone();
    }

    Agent supervisor() {
        return desk.supervisor();
    }

    String outsideNumber() {
        return desk.outsideNumber();
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

    /** An agent who has left completes, after the time that takes; the call goes on. */
    LiveStage afterCallWork(Agent whose) throws InterruptedException {
        wrapUp.take();
        call = Optional.of(call().completes(whose));
        return this;
    }

    /** Whoever is still in after-call work completes, one after another; each takes a while. */
    LiveStage over() throws InterruptedException {
        wrapUp.take();
        List<Agent> waiting = call().inAfterCallWork();
        for (int i = 0; i < waiting.size(); i++) {
            if (i > 0) {
                wrapUp.take();
            }
            call().completes(waiting.get(i));
        }
        return this;
    }

    /** The agents and others that one thread plays with. */
    record Desk(Agent browser, Agent deskPhone, Agent colleague, Agent supervisor, String outsideNumber) {}

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
