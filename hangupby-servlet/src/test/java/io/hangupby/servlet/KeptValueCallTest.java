package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.decision.Kept;
import io.hangupby.decision.Outcome;
import io.hangupby.simulator.PluginMarker;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.SimulatedTask.BrowserCopy;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.rest.ApiOperation;
import io.hangupby.telemetry.TwilioStatus;
import io.hangupby.twilio.WriteOnEventVersion;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Values that other writers remove, and writes on the versions of events, over real HTTP. */
@Timeout(60)
class KeptValueCallTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private static Kept kept(List<Outcome> completed) {
        return completed.get(0).write().kept().orElseThrow();
    }

    @Test
    void a_value_that_flex_ui_wipes_is_there_when_the_agent_completes() throws Exception {
        try (CallCentre centre = new CallCentre(settings -> settings)) {
            Agent ann = centre.twilio().browserAgent("Ann");
            SimulatedCall call = centre.twilio().inboundCall().waitsInQueue().accepts(ann);
            BrowserCopy browser = call.task().openInBrowser();
            call.customerHangsUp();
            call.task().awaitHangUpBy("customer", SOON);

            browser.saves("\"solved\"", "disposition");

            call.task().awaitHangUpBy("customer", SOON);
            call.completes(ann);
            assertThat(call.hangUpByAtCompletion(call.reservationSid(ann))).contains("customer");
            assertThat(kept(centre.awaitCompleted(call, 1))).isEqualTo(Kept.KEPT);
            assertThat(centre.hangUpBy().status().values(Kept.KEPT)).isEqualTo(1);
            assertThat(centre.hangUpBy().status().values(Kept.LOST)).isZero();
        }
    }

    @Test
    void a_click_that_a_plugin_marks_late_counts() throws Exception {
        try (CallCentre centre = new CallCentre(settings -> settings)) {
            Agent ann = centre.twilio().browserAgent("Ann");
            SimulatedCall call =
                    centre.twilio().inboundCall().waitsInQueue().accepts(ann).agentClicksHangUp(ann, PluginMarker.NONE);
            call.task().awaitHangUpBy("disconnect", SOON);

            call.task().edit("{\"agent_hangup\":{\"reservation\":\"" + call.reservationSid(ann) + "\"}}", "hangupby");

            call.task().awaitHangUpBy("agent", SOON);
        }
    }

    @Test
    void a_task_is_not_read_if_events_versions_are_written_on() throws Exception {
        try (CallCentre centre =
                new CallCentre(settings -> settings.twilio(t -> t.writeOnEventVersion(WriteOnEventVersion.ALWAYS)))) {
            Agent ann = centre.twilio().browserAgent("Ann");
            SimulatedCall call =
                    centre.twilio().inboundCall().waitsInQueue().accepts(ann).customerHangsUp();
            call.task().awaitHangUpBy("customer", SOON);

            assertThat(centre.twilio().counters().ofTask(call.taskSid(), ApiOperation.TASK_READ))
                    .isZero();
            centre.awaitOutcomes(call, 1);
            TwilioStatus twilio = centre.hangUpBy().status().twilio().get(0);
            assertThat(twilio.writesOnEventVersions()).isTrue();
            assertThat(twilio.eventVersionWrites()).isEqualTo(1);
            assertThat(twilio.eventVersionConflicts()).isZero();
        }
    }
}
