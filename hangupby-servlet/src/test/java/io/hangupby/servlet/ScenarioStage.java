package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.scenarios.CallScenario;
import io.hangupby.simulator.scenarios.ExpectedSegment;
import io.hangupby.simulator.scenarios.Move;
import io.hangupby.simulator.scenarios.ScriptStage;
import java.time.Duration;
import java.util.Set;

/**
 * Plays a scenario in a call centre. hangupby has a verdict for each segment that is over before the parties go on, unless events
 * are lost or late, and the agents complete once the value is there, or after three seconds.
 */
final class ScenarioStage implements ScriptStage {
    private static final Duration AFTER_CALL_WORK = Duration.ofSeconds(10);
    private static final Set<String> OVER = Set.of("wrapping", "completed", "canceled");

    private final CallCentre centre;
    private final CallScenario scenario;
    private boolean disturbed;

    ScenarioStage(CallCentre centre, CallScenario scenario) {
        this.centre = centre;
        this.scenario = scenario;
    }

    @Override
    public TwilioSimulator twilio() {
        return centre.twilio();
    }

    @Override
    public void pass(Duration time) {
        centre.clock().skip(time);
    }

    @Override
    public void before(Move move, SimulatedCall call) {
        move.completing().ifPresent(agent -> {
            disturbed = false;
            awaitOutcomes(call);
            scenario.expected(call, this).forEach((reservation, expected) -> {
                boolean isNext =
                        expected.agent() == agent && call.snapshot(reservation).isEmpty();
                if (isNext && !expected.open()) {
                    awaitValue(call, expected);
                }
            });
        });
    }

    private static void awaitValue(SimulatedCall call, ExpectedSegment expected) {
        expected.hangUpBy().ifPresent(value -> call.task().awaitHangUpBy(value, AFTER_CALL_WORK));
    }

    @Override
    public void after(Move move, SimulatedCall call) {
        if (!disturbed) {
            awaitOutcomes(call);
        }
        if (move.completing().isPresent() && !OVER.contains(call.task().status())) {
            call.task().awaitNoHangUpBy(AFTER_CALL_WORK);
        }
        call.endedSegments().stream()
                .filter(reservation -> call.snapshot(reservation).isPresent() && call.completedOutOfTurn(reservation))
                .forEach(reservation -> assertThat(centre.awaitCollision(call))
                        .extracting(outcome -> outcome.segment().reservation().value())
                        .containsExactly(reservation));
    }

    private void awaitOutcomes(SimulatedCall call) {
        centre.awaitOutcomes(call, call.endedSegments().size());
    }

    @Override
    public void lose(String... types) {
        disturbed = true;
        ScriptStage.super.lose(types);
    }

    @Override
    public void holdBack(String... types) {
        disturbed = true;
        ScriptStage.super.holdBack(types);
    }
}
