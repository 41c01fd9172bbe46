package io.hangupby.internal.processing;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Kept;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.WriteResult.Status;
import io.hangupby.internal.processing.SteppedCentre.LookedAfter;
import io.hangupby.simulator.PluginMarker;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.SimulatedTask.BrowserCopy;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.account.EventVersions;
import io.hangupby.simulator.rest.ApiOperation;
import io.hangupby.twilio.WriteOnEventVersion;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A value stays in the task until Flex Insights reads it, although Flex UI writes attributes without a version. */
@Timeout(60)
class KeptValueTest {
    private final SteppedCentre centre = new SteppedCentre(Duration.ofSeconds(20));
    private final Agent ann = centre.twilio().browserAgent("Ann");
    private final Agent bob = centre.twilio().browserAgent("Bob");

    @AfterEach
    void close() {
        centre.close();
    }

    private SimulatedCall talk() {
        return centre.twilio().inboundCall().waitsInQueue().accepts(ann);
    }

    private static Kept kept(LookedAfter call) {
        assertThat(call.completed()).hasSize(1);
        return call.completed().get(0).write().kept().orElseThrow();
    }

    @Test
    void a_value_that_flex_ui_wipes_is_written_again_and_the_disposition_stays() {
        SimulatedCall call = talk();
        try (LookedAfter looked = centre.lookAfter(call)) {
            BrowserCopy browser = call.task().openInBrowser();
            call.customerHangsUp();
            looked.workUntilDone();
            assertThat(call.task().hangUpBy()).contains("customer");

            browser.saves("\"solved\"", "disposition");
            assertThat(call.task().hangUpBy()).isEmpty();
            looked.workUntilDone();

            assertThat(call.task().hangUpBy()).contains("customer");
            assertThat(call.task().attributes()).contains("\"disposition\":\"solved\"");
            Outcome last = looked.outcomes().get(looked.outcomes().size() - 1);
            assertThat(last.write().status()).isEqualTo(Status.WRITTEN);
            assertThat(last.write().losses()).isEqualTo(1);
            call.completes(ann);
            looked.workUntilDone();
            assertThat(kept(looked)).isEqualTo(Kept.KEPT);
        }
    }

    @Test
    void a_value_is_written_again_three_times_at_most_and_then_counts_as_lost() {
        SimulatedCall call = talk();
        try (LookedAfter looked = centre.lookAfter(call)) {
            BrowserCopy browser = call.task().openInBrowser();
            call.customerHangsUp();
            looked.workUntilDone();
            for (int save = 1; save <= 5; save++) {
                browser.saves(String.valueOf(save), "disposition");
                looked.workUntilDone();
            }

            assertThat(looked.writes()).hasSize(4);
            assertThat(call.task().hangUpBy()).isEmpty();
            call.completes(ann);
            looked.workUntilDone();
            assertThat(kept(looked)).isEqualTo(Kept.LOST);
        }
    }

    @Test
    void our_own_update_and_updates_that_leave_the_value_cost_no_request() {
        SimulatedCall call = talk().customerHangsUp();
        try (LookedAfter looked = centre.lookAfter(call)) {
            looked.workUntilDone();
            int requests = centre.twilio().counters().totalOfTask(call.taskSid());

            looked.workUntilDone();
            call.task().edit("7", "crm", "case");
            looked.workUntilDone();

            assertThat(centre.twilio().counters().totalOfTask(call.taskSid())).isEqualTo(requests);
            assertThat(looked.outcomes()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = EventVersions.class,
            names = {"CURRENT", "NO_NUMBER"})
    void a_value_is_lost_if_it_is_wiped_just_before_the_agent_completes(EventVersions carried) {
        SimulatedCall call = talk();
        call.task().eventVersions(carried);
        try (LookedAfter looked = centre.lookAfter(call)) {
            BrowserCopy browser = call.task().openInBrowser();
            call.customerHangsUp();
            looked.workUntilDone();
            browser.saves("\"solved\"", "disposition");
            call.completes(ann);
            looked.workUntilDone();

            assertThat(kept(looked)).isEqualTo(Kept.LOST);
            assertThat(looked.outcomes()).as("reported outcomes").hasSize(1);
        }
    }

    @Test
    void a_loss_that_is_found_after_the_task_is_over_leaves_the_outcome_as_it_is() {
        SimulatedCall call = talk();
        try (LookedAfter looked = centre.lookAfter(call)) {
            BrowserCopy browser = call.task().openInBrowser();
            call.customerHangsUp();
            looked.workUntilDone();
            browser.saves("\"solved\"", "disposition");
            looked.loses("reservation.completed");
            looked.loses("task.completed");
            call.completes(ann);
            looked.workUntilDone();

            assertThat(looked.outcomes())
                    .extracting(outcome -> outcome.write().status())
                    .containsExactly(Status.WRITTEN);
        }
    }

    @Test
    void it_is_not_known_whether_a_value_was_kept_if_the_completion_is_found_later() {
        SimulatedCall call = talk().customerHangsUp();
        NewestVersions versions = new NewestVersions(WriteOnEventVersion.NEVER, false, 0);
        try (LookedAfter looked = centre.lookAfter(call, versions)) {
            looked.workUntilDone();
            call.completes(ann);
            looked.workUntilDone();

            assertThat(kept(looked)).isEqualTo(Kept.NOT_KNOWN);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = PluginMarker.class,
            names = {"NAMED", "BARE"})
    void a_marker_that_comes_after_the_wrap_up_turns_a_disconnect(PluginMarker marker) {
        SimulatedCall call = talk();
        try (LookedAfter looked = centre.lookAfter(call)) {
            String reservation = call.reservationSid(ann);
            call.agentClicksHangUp(ann, PluginMarker.NONE);
            looked.workUntilDone();
            assertThat(call.task().hangUpBy()).contains("disconnect");

            if (marker == PluginMarker.NAMED) {
                call.task().edit("{\"reservation\":\"" + reservation + "\"}", "hangupby", "agent_hangup");
            } else {
                call.task().edit("\"agent\"", "conversations", "hang_up_by");
            }
            looked.workUntilDone();

            assertThat(call.task().hangUpBy()).contains("agent");
            assertThat(looked.outcomes()
                            .get(looked.outcomes().size() - 1)
                            .verdict()
                            .endedBy())
                    .contains(EndedBy.AGENT);
            call.completes(ann);
            looked.workUntilDone();
            assertThat(kept(looked)).isEqualTo(Kept.KEPT);
        }
    }

    @Test
    void the_value_of_the_agent_who_waits_longest_is_kept_and_the_next_is_written_when_that_agent_completes() {
        SimulatedCall call = talk().startsColdTransferToQueue(ann).agentLeaves(ann);
        try (LookedAfter looked = centre.lookAfter(call)) {
            looked.workUntilDone();
            call.accepts(bob);
            BrowserCopy browser = call.task().openInBrowser();
            call.customerHangsUp();
            looked.workUntilDone();
            assertThat(call.task().hangUpBy()).contains("cold transfer");

            browser.saves("null", "conversations");
            looked.workUntilDone();
            assertThat(call.task().hangUpBy()).contains("cold transfer");

            call.completes(ann);
            looked.workUntilDone();
            assertThat(call.task().hangUpBy()).contains("customer");
            call.completes(bob);
            looked.workUntilDone();
            assertThat(looked.completed())
                    .extracting(outcome -> outcome.write().kept().orElseThrow())
                    .containsExactly(Kept.KEPT, Kept.KEPT);
        }
    }

    @Test
    void a_value_is_taken_off_on_the_version_that_our_own_write_made() {
        SimulatedCall call = talk().startsColdTransferToQueue(ann).agentLeaves(ann);
        try (LookedAfter looked = centre.lookAfter(call)) {
            looked.workUntilDone();
            int reads = centre.twilio().counters().ofTask(call.taskSid(), ApiOperation.TASK_READ);
            call.completes(ann);
            looked.workUntilDone();

            assertThat(call.task().hangUpBy()).isEmpty();
            assertThat(centre.twilio().counters().ofTask(call.taskSid(), ApiOperation.TASK_READ))
                    .isEqualTo(reads);
        }
    }
}
