package io.hangupby.simulator.scenarios;

import java.util.List;
import java.util.Random;

/** Chance in the words of a {@link RandomCall}. */
final class RandomChance {

    private final Random random;

    RandomChance(Random random) {
        this.random = random;
    }

    /** Returns true in so many of a hundred cases. */
    boolean in100(int cases) {
        return random.nextInt(100) < cases;
    }

    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
