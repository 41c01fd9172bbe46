package io.hangupby.internal.processing;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.AccountSid;
import io.hangupby.internal.processing.SteppedCentre.LookedAfter;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.account.EventVersions;
import io.hangupby.simulator.account.TaskWrite;
import io.hangupby.simulator.rest.ApiOperation;
import io.hangupby.twilio.WriteOnEventVersion;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A task is written on the version that its newest event carries once events have proved right, and without a read then. */
@Timeout(120)
class EventVersionWritesTest {
    private final SteppedCentre centre = new SteppedCentre(Duration.ofSeconds(20));
    private final Agent ann = centre.twilio().browserAgent("Ann");

    @AfterEach
    void close() {
        centre.close();
    }

    private SimulatedCall talk() {
        return centre.twilio().inboundCall().waitsInQueue().accepts(ann);
    }

    private int reads(SimulatedCall call) {
        return centre.twilio().counters().ofTask(call.taskSid(), ApiOperation.TASK_READ);
    }

    private EventVersionTrust.Counts status(NewestVersions versions) {
        return versions.trust(new AccountSid(centre.twilio().accountSid())).status();
    }

    /** Plays calls until so many versions of events were compared. */
    private void compare(NewestVersions versions, int comparisons, EventVersions carried) {
        while (status(versions).comparisons() < comparisons) {
            SimulatedCall call = talk();
            call.task().eventVersions(carried);
            call.customerHangsUp();
            try (LookedAfter looked = centre.lookAfter(call, versions)) {
                looked.workUntilDone();
                call.completes(ann);
                looked.workUntilDone();
            }
        }
    }

    @Test
    void a_marked_click_needs_no_request_for_the_task_and_a_hang_up_only_the_write() {
        NewestVersions always = new NewestVersions(WriteOnEventVersion.ALWAYS, false);
        SimulatedCall clicked = talk().agentClicksHangUp(ann);
        SimulatedCall hungUp = talk().customerHangsUp();
        try (LookedAfter first = centre.lookAfter(clicked, always);
                LookedAfter second = centre.lookAfter(hungUp, always)) {
            first.workUntilDone();
            second.workUntilDone();

            assertThat(clicked.task().hangUpBy()).contains("agent");
            assertThat(hungUp.task().hangUpBy()).contains("customer");
            assertThat(reads(clicked) + reads(hungUp)).isZero();
            assertThat(first.writes()).isEmpty();
            assertThat(second.writes()).hasSize(1);
            second.assertNothingElseChanged();
        }
    }

    @Test
    void a_task_that_another_writer_changed_since_the_event_is_read_and_written_on_the_version_it_has() {
        NewestVersions always = new NewestVersions(WriteOnEventVersion.ALWAYS, false);
        SimulatedCall call = talk().customerHangsUp();
        call.task().editBeforeCall(3, "7", "crm");
        try (LookedAfter looked = centre.lookAfter(call, always)) {
            looked.workUntilDone();

            assertThat(call.task().hangUpBy()).contains("customer");
            assertThat(call.task().attributes()).contains("\"crm\":7");
            assertThat(call.task().writes()).extracting(TaskWrite::status).containsExactly(412, 200);
            assertThat(reads(call)).isEqualTo(1);
            assertThat(status(always).conflicts()).isEqualTo(1);
        }
    }

    @Test
    void two_hundred_equal_versions_turn_it_on() {
        NewestVersions auto = new NewestVersions(WriteOnEventVersion.AUTO, false);
        compare(auto, 199, EventVersions.CURRENT);
        assertThat(status(auto).on()).isFalse();

        compare(auto, 200, EventVersions.CURRENT);
        assertThat(status(auto).on()).isTrue();
        SimulatedCall call = talk().customerHangsUp();
        try (LookedAfter looked = centre.lookAfter(call, auto)) {
            looked.workUntilDone();

            assertThat(call.task().hangUpBy()).contains("customer");
            assertThat(reads(call)).isZero();
            assertThat(status(auto).writes()).isEqualTo(1);
            assertThat(status(auto).conflicts()).isZero();
        }
    }

    @Test
    void events_whose_attributes_are_older_than_their_number_never_turn_it_on() {
        NewestVersions auto = new NewestVersions(WriteOnEventVersion.AUTO, false);
        compare(auto, 190, EventVersions.CURRENT);
        compare(auto, 200, EventVersions.OLDER_ATTRIBUTES);
        compare(auto, 300, EventVersions.CURRENT);

        assertThat(status(auto).differences()).isPositive();
        assertThat(status(auto).on()).isFalse();
    }

    @Test
    void events_without_a_number_are_never_written_on() {
        NewestVersions always = new NewestVersions(WriteOnEventVersion.ALWAYS, false);
        SimulatedCall call = talk();
        call.task().eventVersions(EventVersions.NO_NUMBER);
        call.customerHangsUp();
        try (LookedAfter looked = centre.lookAfter(call, always)) {
            looked.workUntilDone();

            assertThat(call.task().hangUpBy()).contains("customer");
            assertThat(reads(call)).isEqualTo(1);
            assertThat(List.of(status(always).comparisons(), status(always).writes()))
                    .containsOnly(0L);
        }
    }
}
