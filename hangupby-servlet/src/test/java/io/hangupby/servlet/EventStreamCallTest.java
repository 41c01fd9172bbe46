package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.account.TaskWrite;
import io.hangupby.simulator.scenarios.CallScenario;
import io.hangupby.simulator.scenarios.CallScenarios;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Calls whose events come from Event Streams, alone or with the callback. Each is decided and written once, and costs no more
 * requests than with the callback alone.
 */
class EventStreamCallTest {
    private static final Map<Source, CallCentre> CENTRES = new EnumMap<>(Source.class);

    @BeforeAll
    static void open() throws Exception {
        CENTRES.put(Source.EVENT_STREAMS, CallCentre.withEventStreamsOnly());
        CENTRES.put(Source.BOTH, CallCentre.withEventStreamsToo());
    }

    @AfterAll
    static void close() {
        CENTRES.values().forEach(CallCentre::close);
    }

    @AfterEach
    void clearKnobs() {
        CENTRES.values().forEach(centre -> {
            centre.twilio().delivery().reset();
            centre.twilio().faults().clear();
        });
    }

    @ParameterizedTest(name = "{0}, {1}, events {2}")
    @MethodSource("calls")
    void a_call_is_decided_and_written_once(CallScenario scenario, Source source, Events events) {
        CallCentre centre = Objects.requireNonNull(CENTRES.get(source));
        events.apply(centre.twilio().delivery());
        ScenarioStage stage = new ScenarioStage(centre, scenario);

        SimulatedCall call = scenario.script().play(stage);

        scenario.expected(call, stage)
                .forEach((reservation, expected) ->
                        assertThat(call.hangUpByAtCompletion(reservation)).isEqualTo(expected.hangUpBy()));
        int segments = scenario.expected().size();
        int writes =
                (int) call.task().writes().stream().filter(TaskWrite::applied).count();
        assertThat(centre.awaitOutcomes(call, segments)).hasSize(segments);
        assertThat(writes).isLessThanOrEqualTo(2 * segments);
        assertThat(centre.twilio().delivery().responses().keySet()).containsExactly(204);
    }

    static Stream<Arguments> calls() {
        return Stream.of(
                        "customer-hangs-up",
                        "agent-hangs-up",
                        "agent-refreshes",
                        "outbound-busy",
                        "evidence-is-silent",
                        "repeated-and-late",
                        "other-writer",
                        "write-applied-without-response",
                        "warm-customer")
                .map(CallScenarios::of)
                .flatMap(scenario -> Arrays.stream(Source.values())
                        .flatMap(source ->
                                Arrays.stream(Events.values()).map(events -> Arguments.of(scenario, source, events))));
    }

    enum Source {
        EVENT_STREAMS,
        BOTH
    }
}
