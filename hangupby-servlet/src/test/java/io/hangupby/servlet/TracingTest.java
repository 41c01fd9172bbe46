package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.hangupby.micrometer.MicrometerTelemetry;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.rest.ApiOperation;
import io.hangupby.simulator.rest.Fault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation.Context;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The spans of a call. */
class TracingTest {
    private final Heard heard = new Heard();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ObservationRegistry observations = ObservationRegistry.create();

    @Test
    void an_attempt_is_the_parent_of_its_requests() throws Exception {
        observations.observationConfig().observationHandler(heard);
        MicrometerTelemetry telemetry = MicrometerTelemetry.of(meters, observations);
        SimulatedCall call;
        try (CallCentre centre = new CallCentre(settings -> settings.telemetry(telemetry))) {
            Agent ann = centre.twilio().browserAgent("Ann");
            call = centre.twilio().inboundCall().rings(ann).accepts(ann);
            centre.twilio().faults().nextOf(call.taskSid(), ApiOperation.TASK_READ, Fault.unavailable());
            centre.awaitOutcomes(call.customerHangsUp(), 1);
            centre.awaitNothingDue();
        }

        List<Context> work = heard.of("hangupby.work");
        Context decided = work.stream()
                .filter(turn -> value(turn, "ended-by").equals("customer"))
                .findFirst()
                .orElseThrow();
        assertThat(value(decided, "rule")).isEqualTo("customer-left");
        assertThat(value(decided, "hangupby.task")).isEqualTo(call.taskSid());
        assertThat(heard.below(decided))
                .extracting(Context::getContextualName, request -> value(request, "result"))
                .containsExactlyInAnyOrder(
                        tuple("twilio conference", "ok"),
                        tuple("twilio task", "unavailable"),
                        tuple("twilio task", "ok"),
                        tuple("twilio call", "ok"),
                        tuple("twilio task-update", "ok"));
        assertThat(heard.below(decided))
                .filteredOn(request -> request.getError() != null)
                .singleElement()
                .satisfies(request -> assertThat(request.getError()).hasMessageContaining("HTTP 503"));
        assertThat(meters.find("hangupby.api.calls").timers())
                .as("left to the observation registry's handlers")
                .isEmpty();
        assertThat(meters.get("hangupby.verdicts").counter().count()).isEqualTo(1);
    }

    @Test
    void requests_are_timed_without_an_observation_registry() throws Exception {
        MicrometerTelemetry telemetry = MicrometerTelemetry.of(meters, observations);
        try (CallCentre centre = new CallCentre(settings -> settings.telemetry(telemetry))) {
            Agent ann = centre.twilio().browserAgent("Ann");
            SimulatedCall call = centre.twilio().inboundCall().rings(ann).accepts(ann);
            centre.awaitOutcomes(call.customerHangsUp(), 1);

            assertThat(meters.get("hangupby.api.calls")
                            .tag("kind", "task-update")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(meters.find("hangupby.due").gauge()).isNotNull();
        }
        assertThat(meters.find("hangupby.due").gauge()).as("once it is closed").isNull();
    }

    private static String value(Context context, String key) {
        return context.getAllKeyValues().stream()
                .filter(pair -> pair.getKey().equals(key))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static final class Heard implements ObservationHandler<Context> {
        private final List<Context> ended = new CopyOnWriteArrayList<>();

        @Override
        public void onStop(Context context) {
            ended.add(context);
        }

        @Override
        public boolean supportsContext(Context context) {
            return true;
        }

        List<Context> of(String name) {
            return ended.stream()
                    .filter(context -> name.equals(context.getName()))
                    .toList();
        }

        List<Context> below(Context parent) {
            return ended.stream()
                    .filter(context -> Optional.ofNullable(context.getParentObservation())
                            .map(ObservationView::getContextView)
                            .filter(view -> view == parent)
                            .isPresent())
                    .toList();
        }
    }
}
