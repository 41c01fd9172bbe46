package io.hangupby.simulator.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.simulator.ExpectedOutcome;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CallScenariosTest {

    private static final TwilioSimulator TWILIO = TwilioSimulator.builder().start();
    private static final ScriptStage STAGE = () -> TWILIO;

    @AfterAll
    static void stop() {
        TWILIO.close();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void the_value_that_a_scenario_expects_is_what_its_parties_did(CallScenario scenario) {
        SimulatedCall call = scenario.script().play(STAGE);

        Map<String, ExpectedSegment> expected = scenario.expected(call, STAGE);
        assertThat(expected.values()).containsExactlyInAnyOrderElementsOf(scenario.expected());
        assertThat(call.expectedOutcomes()).containsOnlyKeys(expected.keySet());
        expected.forEach((reservation, segment) -> {
            assertThat(call.completedOutOfTurn(reservation)).isEqualTo(segment.open());
            if (!segment.open()) {
                assertThat(List.of(
                                actual(call, reservation).hangUpBy(),
                                actual(call, reservation).destination()))
                        .isEqualTo(List.of(segment.hangUpBy(), segment.destination()));
            }
        });
    }

    private static ExpectedOutcome actual(SimulatedCall call, String reservation) {
        return Optional.ofNullable(call.expectedOutcomes().get(reservation)).orElseThrow();
    }

    static List<CallScenario> scenarios() {
        return CallScenarios.all();
    }

    @Test
    void ids_are_unique() {
        assertThat(CallScenarios.all()).extracting(CallScenario::id).doesNotHaveDuplicates();
    }

    @Test
    void a_script_reads_as_the_java_that_makes_it() {
        CallScript script = CallScript.inbound()
                .noEndOnExit()
                .accepts(ScriptedAgent.ANN)
                .loses("reservation.wrapup", "task.wrapup")
                .seconds(3)
                .customerHangsUp()
                .completes(ScriptedAgent.ANN);

        assertThat(script).hasToString("""
                        CallScript.inbound().noEndOnExit()
                            .accepts(ANN)
                            .loses("reservation.wrapup", "task.wrapup")
                            .seconds(3)
                            .customerHangsUp()
                            .completes(ANN)""");
    }
}
