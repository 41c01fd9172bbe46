package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.micrometer.MicrometerTelemetry;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.events.CloudEventBatch;
import io.hangupby.simulator.rest.ApiOperation;
import io.hangupby.simulator.rest.Fault;
import io.hangupby.testing.CapturedLog;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Calls of several kinds and a fault of each kind, in a call centre with metrics. */
final class EventfulDay implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CapturedLog log = new CapturedLog();
    private final CallCentre centre;
    private final TwilioSimulator twilio;
    private final Agent ann;
    private final Agent bob;
    private final SimulatedCall parked;

    EventfulDay() throws Exception {
        centre = new CallCentre(settings ->
                settings.telemetry(MicrometerTelemetry.of(meters)).recovery(r -> r.interval(Duration.ofMillis(500))));
        twilio = centre.twilio();
        ann = twilio.browserAgent("Ann");
        bob = twilio.browserAgent("Bob");
        CallCentre.tell(centre.address(), twilio);

        isReportedOn(talk().customerHangsUp());
        ends(talk().agentClicksHangUp(ann));
        ends(talk().agentCrashes(ann));
        trouble(ApiOperation.TASK_READ, Fault.tooManyRequests());
        trouble(ApiOperation.TASK_WRITE, Fault.changedMeanwhile());
        trouble(ApiOperation.TASK_READ, Fault.unauthorized());
        completesOutOfTurn();
        losesItsCallbacks();
        parked = isParked();
        SortedMap<String, String> incomplete =
                new TreeMap<>(parked.events().get(0).params());
        incomplete.remove("TaskSid");
        twilio.delivery().post(incomplete);
        twilio.delivery().postForged(incomplete);
    }

    private SimulatedCall talk() {
        return twilio.inboundCall().waitsInQueue().rings(ann).accepts(ann);
    }

    private void ends(SimulatedCall call) {
        centre.awaitOutcomes(call, 1);
        call.completes(ann);
        twilio.delivery().awaitQuiet(SOON);
    }

    /** Voice Insights reports on the call once it is over. */
    private void isReportedOn(SimulatedCall call) {
        ends(call);
        byte[] reports = CloudEventBatch.of(call.voiceReports().events()).getBytes(StandardCharsets.UTF_8);
        assertThat(centre.hangUpBy().acceptCloudEvents(reports)).isTrue();
        centre.awaitNothingDue();
    }

    private void trouble(ApiOperation kind, Fault fault) {
        SimulatedCall call = talk();
        twilio.faults().nextOf(call.taskSid(), kind, fault);
        ends(call.customerHangsUp());
    }

    private void completesOutOfTurn() {
        SimulatedCall call = talk().startsColdTransfer(ann, bob).agentLeaves(ann);
        centre.awaitOutcomes(call, 1);
        call.accepts(bob).customerHangsUp();
        centre.awaitOutcomes(call, 2);
        call.completes(bob);
        centre.awaitCollision(call);
        call.completes(ann);
    }

    private void losesItsCallbacks() {
        SimulatedCall call = talk();
        twilio.delivery().drop("reservation.wrapup", "task.wrapup", "participant-leave", "conference-end");
        ends(call.customerHangsUp());
        twilio.delivery().reset();
    }

    private SimulatedCall isParked() {
        SimulatedCall call = talk();
        twilio.faults().rate(1, ApiOperation.TASK_WRITE, Fault.badRequest());
        call.customerHangsUp();
        twilio.delivery().awaitQuiet(SOON);
        centre.awaitParked(call);
        centre.awaitNothingDue();
        twilio.faults().clear();
        return call;
    }

    CallCentre centre() {
        return centre;
    }

    PrometheusMeterRegistry meters() {
        return meters;
    }

    CapturedLog log() {
        return log;
    }

    /** Returns the call whose task was parked. */
    SimulatedCall parked() {
        return parked;
    }

    /** Returns the metrics in the format of Prometheus, with the text before the value as key. */
    Map<String, Double> scraped() {
        return meters.scrape()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.lastIndexOf(' ')),
                        line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
    }

    @Override
    public void close() {
        centre.close();
        log.close();
    }
}
