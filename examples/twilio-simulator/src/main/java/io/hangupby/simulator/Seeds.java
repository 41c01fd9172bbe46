package io.hangupby.simulator;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives each simulator of a process another seed, so that tests that share a database share no SIDs. A system property sets the first
 * simulator's seed. Thread-safe.
 */
final class Seeds {

    static final String PROPERTY = "twilio-simulator.seed";

    private static final AtomicLong NEXT =
            new AtomicLong(Long.getLong(PROPERTY, ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE)));

    private Seeds() {}

    static long next() {
        return NEXT.getAndIncrement();
    }
}
