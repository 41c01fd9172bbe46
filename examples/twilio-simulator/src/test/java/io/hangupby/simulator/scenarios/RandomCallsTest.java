package io.hangupby.simulator.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.simulator.CallOptions;
import io.hangupby.simulator.ExpectedOutcome;
import io.hangupby.simulator.ExpectedOutcome.Cause;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RandomCallsTest {

    private static final int CALLS = 1500;

    /** What differs between calls before the first move, beside the options of a call. */
    private static final Set<String> VARIATIONS = Set.of("foreignMarker", "ignoredRecorder");

    /** Moves of the catalogue alone. */
    private static final Set<String> NOT_AT_RANDOM = Set.of(
            "agentClicksWithoutLeaving",
            "faults",
            "forgedWrapUp",
            "agentFinishesTask",
            "movedCustomerHangsUp",
            "otherWriterAfterReads",
            "repeats",
            "secondCustomerHangsUp",
            "secondCustomerJoins",
            "withdrawsMarker");

    @Test
    void a_seed_and_a_number_always_give_the_same_call() {
        assertThat(RandomCalls.of(7).call(3))
                .hasToString(RandomCalls.of(7).call(3).toString());
        assertThat(RandomCalls.of(7).call(3).toString())
                .isNotEqualTo(RandomCalls.of(8).call(3).toString());
    }

    @Test
    void every_move_and_every_cause_occurs_and_each_segment_has_one() {
        Set<String> moves = new TreeSet<>();
        Set<Cause> causes = EnumSet.noneOf(Cause.class);
        try (TwilioSimulator twilio = TwilioSimulator.builder().start()) {
            ScriptStage stage = () -> twilio;
            RandomCalls.of(1).first(CALLS).forEach(script -> {
                script.moves().forEach(move -> moves.add(move.text().replaceFirst("\\(.*", "")));
                SimulatedCall call = script.play(stage);
                assertThat(call.expectedOutcomes().keySet())
                        .as("%s", script)
                        .containsExactlyInAnyOrderElementsOf(call.endedSegments());
                assertThat(call.agentsInCall()).as("%s", script).isEmpty();
                assertThat(call.agentsInWrapUp()).as("%s", script).isEmpty();
                call.expectedOutcomes().values().stream()
                        .map(ExpectedOutcome::cause)
                        .forEach(causes::add);
                twilio.forget(call.taskSid());
            });
        }

        Set<String> all = namesOf(CallScript.class);
        all.removeAll(namesOf(CallOptions.Builder.class));
        all.removeAll(VARIATIONS);
        all.removeAll(NOT_AT_RANDOM);
        assertThat(moves).isEqualTo(all);
        assertThat(causes)
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(
                        EnumSet.of(Cause.NO_CUSTOMER, Cause.ABANDONED, Cause.CUT_OFF_BY_COLLEAGUE)));
    }

    private static Set<String> namesOf(Class<?> fluent) {
        return Arrays.stream(fluent.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers())
                        && method.getReturnType().equals(fluent))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
