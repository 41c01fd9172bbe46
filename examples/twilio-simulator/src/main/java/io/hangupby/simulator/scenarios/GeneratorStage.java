package io.hangupby.simulator.scenarios;

import io.hangupby.simulator.CallOptions;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.internal.account.SimulatedWorkers;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;

/** Where one thread of a {@link CallGenerator} plays its calls, with agents of its own and pauses before the moves. */
final class GeneratorStage implements ScriptStage {

    private final TwilioSimulator twilio;
    private final StepDelay delay;
    private final Duration wrapUp;
    private final Function<Random, Duration> step;
    private final Map<ScriptedAgent, Agent> agents = new EnumMap<>(ScriptedAgent.class);
    private Random chance = new Random(0);
    private CallOptions.Builder options = CallOptions.builder();

    /**
     * @param delay how time passes
     * @param wrapUp how long an agent is in after-call work
     * @param step how long the parties wait before a move
     * @param firstName the number of the first agent's invented name
     */
    GeneratorStage(
            TwilioSimulator twilio, StepDelay delay, Duration wrapUp, Function<Random, Duration> step, int firstName) {
        this.twilio = twilio;
        this.delay = delay;
        this.wrapUp = wrapUp;
        this.step = step;
        int number = firstName;
        for (ScriptedAgent agent : ScriptedAgent.values()) {
            String name = SimulatedWorkers.inventedName(number++);
            agents.put(
                    agent,
                    agent == ScriptedAgent.DAN
                            ? twilio.deskPhoneAgent(name, "+1555200%04d".formatted(firstName))
                            : twilio.browserAgent(name));
        }
    }

    /** Begins another call, with its own chance and options. */
    void begin(Random ofCall, CallOptions.Builder optionsOfCall) {
        chance = ofCall;
        options = optionsOfCall;
    }

    @Override
    public TwilioSimulator twilio() {
        return twilio;
    }

    @Override
    public Agent agent(ScriptedAgent who) {
        return Objects.requireNonNull(agents.get(who));
    }

    @Override
    public CallOptions.Builder options() {
        return options;
    }

    @Override
    public void before(Move move, SimulatedCall call) {
        pass(move.completing().isPresent() ? wrapUp : step.apply(chance));
    }

    @Override
    public void pass(Duration time) {
        try {
            delay.pass(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException(e);
        }
    }

    /** The generator was closed in the middle of a call. */
    static final class StoppedException extends RuntimeException {

        private static final long serialVersionUID = 1;

        StoppedException(InterruptedException cause) {
            super("The generator was closed", cause);
        }
    }
}
