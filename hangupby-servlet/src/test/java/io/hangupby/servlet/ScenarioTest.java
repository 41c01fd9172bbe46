package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.AgentMarker;
import io.hangupby.HangUpByBuilder;
import io.hangupby.decision.Outcome;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.account.InsightsSnapshot;
import io.hangupby.simulator.rest.ApiOperation;
import io.hangupby.simulator.scenarios.BackendSetting;
import io.hangupby.simulator.scenarios.CallScenario;
import io.hangupby.simulator.scenarios.CallScenario.Evidence;
import io.hangupby.simulator.scenarios.CallScenarios;
import io.hangupby.simulator.scenarios.CallScript;
import io.hangupby.simulator.scenarios.ExpectedSegment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays each call of the catalogue over real HTTP, from its first event to the moment when Flex Insights reads the task, however
 * hangupby is told of it.
 */
class ScenarioTest {
    private static final Properties FIGURES = figures();
    private static final Map<Setup, CallCentre> CENTRES = new LinkedHashMap<>();

    @AfterAll
    static void close() {
        CENTRES.values().forEach(CallCentre::close);
        CENTRES.clear();
    }

    @ParameterizedTest(name = "{0}, {1}, events {2}")
    @MethodSource("calls")
    void every_segment_has_its_value_when_flex_insights_reads(CallScenario scenario, Source source, Events delivery) {
        CallCentre centre =
                CENTRES.computeIfAbsent(new Setup(source, scenario.script().settings()), Setup::open);
        delivery.apply(centre.twilio().delivery());
        ScenarioStage stage = new ScenarioStage(centre, scenario);

        SimulatedCall call = scenario.script().play(stage);

        centre.twilio().delivery().reset();
        Map<String, ExpectedSegment> expected = scenario.expected(call, stage);
        assertThat(expected.values()).containsExactlyInAnyOrderElementsOf(scenario.expected());
        expected.forEach((reservation, segment) -> {
            if (!segment.open()) {
                assertThat(Read.of(call.snapshot(reservation)))
                        .as("%s", segment.agent())
                        .isEqualTo(new Read(segment.hangUpBy(), segment.destination()));
            }
        });
        assertThat(Read.of(call.queueSnapshot())).isEqualTo(Read.NOTHING);
        if (source == Source.TASKROUTER_ONLY && delivery == Events.AS_SENT) {
            assertFigures(scenario, call, centre);
        }
    }

    /**
     * If hangupby gets only TaskRouter's events, these rules decide the call, and it takes this number of requests at most, apart
     * from those that replace a late event.
     */
    private static void assertFigures(CallScenario scenario, SimulatedCall call, CallCentre centre) {
        List<String> figures =
                List.of(FIGURES.getProperty(scenario.id(), "no figures").split(" ", -1));
        assertThat(figures.get(0))
                .as("the requests of %s in the table", scenario)
                .containsOnlyDigits();
        assertThat(centre.apiCalls(call)).isLessThanOrEqualTo(Integer.parseInt(figures.get(0)));
        assertThat(rules(call, centre.outcomes(call))).isEqualTo(figures.subList(1, figures.size()));
    }

    private static List<String> rules(SimulatedCall call, List<Outcome> outcomes) {
        Map<String, String> rules = new HashMap<>();
        outcomes.forEach(outcome -> rules.put(
                outcome.segment().reservation().value(), outcome.verdict().rule()));
        return call.endedSegments().stream()
                .flatMap(reservation -> Optional.ofNullable(rules.get(reservation)).stream())
                .toList();
    }

    private static Properties figures() {
        try (InputStream file = ScenarioTest.class.getResourceAsStream("scenario-figures.properties")) {
            Properties figures = new Properties();
            figures.load(file);
            return figures;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_status_callback_of_the_hang_up_saves_a_request_for_the_customers_call() {
        CallCentre centre = CENTRES.computeIfAbsent(new Setup(Source.CONFERENCE_CALLBACKS, Set.of()), Setup::open);
        CallScenario scenario = CallScenarios.of("customer-hangs-up");

        SimulatedCall call = scenario.script().play(new ScenarioStage(centre, scenario));

        assertThat(centre.twilio().counters().ofTask(call.taskSid(), ApiOperation.CALL))
                .isZero();
    }

    static Stream<Arguments> calls() {
        return CallScenarios.all().stream()
                .flatMap(scenario -> Arrays.stream(Source.values())
                        .filter(source -> source.decides(scenario))
                        .flatMap(source -> Arrays.stream(Events.values())
                                .map(delivery -> Arguments.of(scenario, source, delivery))));
    }

    /** What Flex Insights reads of a segment. */
    private record Read(Optional<String> hangUpBy, Optional<String> destination) {
        private static final Read NOTHING = new Read(Optional.empty(), Optional.empty());

        static Read of(Optional<InsightsSnapshot> snapshot) {
            return snapshot.map(read -> new Read(read.hangUpBy(), read.destination()))
                    .orElse(NOTHING);
        }
    }

    /** What hangupby is told. */
    private enum Source {
        TASKROUTER_ONLY,
        CONFERENCE_CALLBACKS,
        EVENT_STREAMS;

        boolean decides(CallScenario scenario) {
            return scenario.evidence() == Evidence.ANY
                    || (scenario.evidence() == Evidence.WITHOUT_CALLBACKS) == (this == TASKROUTER_ONLY);
        }
    }

    /** A call centre that is told in one way, with these settings of hangupby. */
    private record Setup(Source source, Set<BackendSetting> settings) {

        CallCentre open() {
            try {
                return switch (source) {
                    case TASKROUTER_ONLY -> new CallCentre(this::configured);
                    case CONFERENCE_CALLBACKS -> CallCentre.withStatusCallbacks(this::configured);
                    case EVENT_STREAMS -> CallCentre.withConferencesFromEventStreams(this::configured);
                };
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private HangUpByBuilder configured(HangUpByBuilder builder) {
            settings.forEach(setting -> configure(builder, setting));
            return builder;
        }

        private static void configure(HangUpByBuilder builder, BackendSetting setting) {
            HangUpByBuilder unused = switch (setting) {
                case NO_PLUGIN -> builder.agentMarker(AgentMarker.NONE);
                case MARKER_WORDS -> builder.agentMarkerValues(Set.of(CallScript.MARKER_WORD));
                case IGNORED_PARTICIPANTS -> builder.ignoredParticipants(Set.of(CallScript.RECORDER));
            };
        }
    }
}
