package io.hangupby.simulator;

import java.util.Random;

/** Invents SIDs: a prefix and 32 hexadecimal digits, the same ones for the same seed. */
final class Sids {

    private static final int DIGITS = 32;

    private final Random random;

    Sids(long seed) {
        this.random = new Random(seed);
    }

    synchronized String next(String prefix) {
        StringBuilder sid = new StringBuilder(prefix);
        for (int i = 0; i < DIGITS; i++) {
            sid.append(Character.forDigit(random.nextInt(16), 16));
        }
        return sid.toString();
    }

    /** A telephone number that nobody has. */
    synchronized String phoneNumber() {
        return "+1555%07d".formatted(random.nextInt(10_000_000));
    }
}
