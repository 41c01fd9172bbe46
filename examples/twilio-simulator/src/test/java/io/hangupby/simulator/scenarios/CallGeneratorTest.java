package io.hangupby.simulator.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CallGeneratorTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final CallScenario CUSTOMER_HANGS_UP = CallScenarios.of("customer-hangs-up");
    private static final CallScenario AGENT_CLICKS = CallScenarios.of("agent-hangs-up");

    private final TwilioSimulator twilio = TwilioSimulator.builder().start();
    private final List<FinishedCall> finished = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        twilio.close();
    }

    private CallGenerator.Builder generator() {
        return CallGenerator.builder(twilio).stepDelay(StepDelay.none()).onFinished(finished::add);
    }

    @Test
    void one_name_and_device_is_always_the_same_agent() {
        Agent alice = twilio.browserAgent("Alice");

        assertThat(twilio.browserAgent("Alice")).isEqualTo(alice);
        assertThat(twilio.deskPhoneAgent("Alice", "+15552000001").workerSid()).isNotEqualTo(alice.workerSid());
        assertThat(twilio.agentName(alice.workerSid())).contains("Alice");
        assertThat(twilio.agentName("WK" + "0".repeat(32))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("mixed")
    void every_scenario_of_the_mix_is_played_to_its_end(CallScenario scenario) {
        try (CallGenerator calls = generator().scenarios(scenario).build()) {
            calls.play(2, LIMIT);
        }
        assertThat(finished).hasSize(2).allSatisfy(call -> {
            assertThat(call.scenario()).isEqualTo(scenario);
            assertThat(call.segments()).hasSameSizeAs(scenario.expected());
            assertThat(call.call().task().status()).isIn("completed", "canceled", "assigned");
            assertThat(call.segments())
                    .allSatisfy(segment -> assertThat(call.call().snapshot(segment.reservationSid()))
                            .isPresent());
        });
    }

    static Stream<CallScenario> mixed() {
        return CallScenarios.all().stream().filter(scenario -> scenario.weight() > 0);
    }

    @Test
    void calls_with_many_parties_are_played_only_on_request() {
        assertThat(mix(7).keySet()).noneMatch(CallScenario::hasManyParties);
        finished.clear();
        try (CallGenerator calls = generator().seed(7).allScenarios().build()) {
            calls.play(200, LIMIT);
        }
        assertThat(finished).hasSize(200);
        assertThat(finished.stream()
                        .filter(call -> call.scenario().hasManyParties())
                        .count())
                .isBetween(15L, 70L);
    }

    @Test
    void the_seed_determines_the_mix_of_scenarios() {
        assertThat(mix(7)).isEqualTo(mix(7)).isNotEqualTo(mix(8));
        assertThat(mix(7).getOrDefault(CUSTOMER_HANGS_UP, 0L)).isBetween(60L, 100L);
    }

    private Map<CallScenario, Long> mix(long seed) {
        finished.clear();
        try (CallGenerator calls = generator()
                .seed(seed)
                .trickyAttributes()
                .unrelatedEventsPerCall(1)
                .build()) {
            calls.play(200, LIMIT);
        }
        assertThat(finished).hasSize(200);
        return finished.stream().collect(Collectors.groupingBy(FinishedCall::scenario, Collectors.counting()));
    }

    @Test
    void a_segment_is_judged_by_the_value_at_its_completion() {
        try (CallGenerator calls =
                generator().scenarios(CUSTOMER_HANGS_UP, AGENT_CLICKS).build()) {
            calls.play(60, LIMIT);
        }
        // No backend writes a value here, so only clicks with a marker have the expected value.
        Map<Boolean, List<CallScenario>> scenarios = finished.stream()
                .collect(Collectors.partitioningBy(
                        FinishedCall::isAsExpected, Collectors.mapping(FinishedCall::scenario, Collectors.toList())));
        assertThat(scenarios.get(true)).containsOnly(AGENT_CLICKS);
        assertThat(scenarios.get(false)).containsOnly(CUSTOMER_HANGS_UP);
        assertThat(finished).extracting(FinishedCall::apiCalls).containsOnly(0);
    }

    @Test
    void the_oldest_calls_are_forgotten() {
        try (CallGenerator calls = generator().keepFinished(5).threads(1).build()) {
            calls.play(8, LIMIT);
        }
        String first = finished.get(0).call().taskSid();
        String last = finished.get(7).call().taskSid();
        assertThatThrownBy(() -> twilio.task(first)).isInstanceOf(NoSuchElementException.class);
        assertThat(finished.get(0).call().events()).isEmpty();
        assertThat(twilio.task(last).sid()).isEqualTo(last);
    }
}
