package io.hangupby.example.endurance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Several attacks on one application. */
final class AttacksAtOnce implements Attack {
    private final List<Attack> attacks;

    AttacksAtOnce(Attack... attacks) {
        this.attacks = List.of(attacks);
    }

    @Override
    public void begin(Victim victim) throws Exception {
        for (Attack attack : attacks) {
            attack.begin(victim);
        }
    }

    @Override
    public boolean isPlayed() {
        return attacks.stream().allMatch(Attack::isPlayed);
    }

    @Override
    public void end() throws Exception {
        for (Attack attack : attacks) {
            attack.end();
        }
    }

    @Override
    public Observation observe() throws Exception {
        List<Observation> observations = new ArrayList<>();
        for (Attack attack : attacks) {
            observations.add(attack.observe());
        }
        return new Observation(
                observations.stream().map(Observation::words).collect(Collectors.joining("; ")),
                observations.stream().allMatch(Observation::isRight));
    }
}
