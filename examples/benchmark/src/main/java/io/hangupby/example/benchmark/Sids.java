package io.hangupby.example.benchmark;

import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/** Creates SIDs and makes random choices, reproducibly from a seed. Not thread-safe. */
final class Sids {
    private final SplittableRandom random;

    Sids(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Returns a new SID of this kind. */
    String next(String prefix) {
        HexFormat hex = HexFormat.of();
        return prefix + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }

    String nextPhoneNumber() {
        return "+1555%07d".formatted(random.nextInt(10_000_000));
    }

    <T> T pick(List<T> among) {
        return among.get(random.nextInt(among.size()));
    }
}
