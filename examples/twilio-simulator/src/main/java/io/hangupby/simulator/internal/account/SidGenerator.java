package io.hangupby.simulator.internal.account;

import java.util.Random;

/** Generates SIDs of a prefix and 32 hexadecimal digits. The same seed gives the same SIDs. Thread-safe. */
public final class SidGenerator {

    private static final int DIGITS = 32;

    private final Random random;

    public SidGenerator(long seed) {
        this.random = new Random(seed);
    }

    public synchronized String next(String prefix) {
        StringBuilder sid = new StringBuilder(prefix);
        for (int i = 0; i < DIGITS; i++) {
            sid.append(Character.forDigit(random.nextInt(16), 16));
        }
        return sid.toString();
    }

    /** Returns a telephone number that is not in use. */
    public synchronized String phoneNumber() {
        return "+1555%07d".formatted(random.nextInt(10_000_000));
    }
}
