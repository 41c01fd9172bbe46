package io.hangupby.simulator.scenarios;

import io.hangupby.simulator.TwilioSimulator;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Calls that are put together at random from all moves, at a human pace: seconds pass between two moves. A call has only moves
 * after which it is beyond doubt who ended each segment, so that {@link io.hangupby.simulator.SimulatedCall#expectedOutcomes} shows
 * what the parties did. Immutable; the same seed and number give the same call.
 */
public final class RandomCalls {

    private static final long PRIME = 1_000_003;

    private final long seed;

    private RandomCalls(long seed) {
        this.seed = seed;
    }

    /** Returns the calls of a seed. */
    public static RandomCalls of(long seed) {
        return new RandomCalls(seed);
    }

    /** Returns the call with a number, from 0. */
    public CallScript call(int number) {
        return RandomCall.create(Scratch.TWILIO, new Random(seed * PRIME + number));
    }

    /** Returns the first calls. */
    public Stream<CallScript> first(int calls) {
        return IntStream.range(0, calls).mapToObj(this::call);
    }

    /** A simulator on which calls are tried out while they are put together. Its threads do not keep a program alive. */
    private static final class Scratch {

        private static final TwilioSimulator TWILIO = TwilioSimulator.builder().start();

        private Scratch() {}
    }
}
