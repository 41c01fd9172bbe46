package io.hangupby.example.endurance;

import io.hangupby.example.endurance.Attack.Observation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An attack on an application, and what regular traffic must achieve meanwhile.
 *
 * @param name what is done
 * @param judged what must go on during the attack; after it everything must
 */
record Scenario(String name, Setup setup, Attack attack, Judged judged) {

    /** Returns the attack and its target, for the table. */
    String title() {
        return name + " (" + setup + ")";
    }

    /** Starts the application and measures before, during and after the attack. */
    Row play(Times times, Limits limits, Path folder) throws Exception {
        try (Victim victim = Victim.start(setup, folder)) {
            GoodUse others = new GoodUse(victim);
            others.measure(times.warmUp(), () -> true);
            Figures without = others.measure(times.around(), () -> true);
            attack.begin(victim);
            Figures during = others.measure(times.during(), attack::isPlayed);
            attack.end();
            Figures after = others.measure(times.around(), () -> true);
            Observation seen = attack.observe();
            List<String> faults = new ArrayList<>();
            Stream.of(seen)
                    .filter(each -> !each.isRight())
                    .map(Observation::words)
                    .forEach(faults::add);
            Limits allowed = limits.orAsSlowAs(without);
            during.faults(judged, allowed).forEach(fault -> faults.add("during: " + fault));
            after.faults(Judged.ALL, allowed).forEach(fault -> faults.add("after: " + fault));
            faults.addAll(victim.process().faults());
            return new Row(this, without, during, after, victim.process().state(), seen.words(), faults);
        }
    }

    /** The checks during the attack. */
    enum Judged {
        /** The application's own requests, Twilio's callbacks and the values. */
        ALL,
        /** Only the application's own requests: hangupby cannot do its work without what is attacked. */
        PAGES
    }

    /** The durations of the measurement. */
    record Times(Duration warmUp, Duration around, Duration during) {}

    /** The time limit for 99 % of responses and values. */
    record Limits(Duration request, Duration value) {
        private static final int NO_WORSE = 5;

        /** Limits relative to the measurement before the attack, for a busy machine. */
        private Limits orAsSlowAs(Figures without) {
            return new Limits(
                    longer(request, Duration.ofMillis(NO_WORSE * without.pages().usual())),
                    longer(value, Duration.ofMillis(NO_WORSE * without.values().usual())));
        }

        private static Duration longer(Duration one, Duration other) {
            return one.compareTo(other) > 0 ? one : other;
        }
    }

    /** The result of the attack: a row of the table. */
    record Row(
            Scenario scenario,
            Figures without,
            Figures during,
            Figures after,
            String state,
            String seen,
            List<String> faults) {

        boolean isRight() {
            return faults.isEmpty();
        }

        @Override
        public String toString() {
            return """
                    %s: %s
                      seen by the attacker: %s
                      without | %s
                      during  | %s
                      after   | %s | %s
                    """.formatted(
                            scenario.title(),
                            isRight() ? "right" : "WRONG: " + String.join("; ", faults),
                            seen,
                            without,
                            during,
                            after,
                            state);
        }
    }
}
