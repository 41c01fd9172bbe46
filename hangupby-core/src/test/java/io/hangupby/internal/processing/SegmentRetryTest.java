package io.hangupby.internal.processing;

import static io.hangupby.internal.twilio.InMemoryTwilio.failing;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.Participant;
import io.hangupby.call.Transfer;
import io.hangupby.decision.DryRunComparison;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Vocabulary;
import io.hangupby.decision.WriteResult;
import io.hangupby.decision.WriteResult.Status;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import io.hangupby.internal.event.TaskRouterEvent.TransferEvent;
import io.hangupby.internal.journal.WorkResult;
import io.hangupby.internal.twilio.InMemoryTwilio.Request;
import io.hangupby.twilio.TwilioFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a task is retried later, parked, or no longer written. */
class SegmentRetryTest extends SegmentProcessorFixture {
    @Test
    void a_failing_task_waits_longer_each_time_and_is_parked_after_ten_minutes() {
        customerHangsUp(PLAIN);
        twilio.always(Request.CONFERENCE, failing(Kind.UNREACHABLE));
        Instant left = clock.instant();

        List<Duration> waits = workUntilDone();

        assertThat(waits.subList(0, 4))
                .containsExactly(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
        assertThat(waits.subList(3, waits.size())).containsOnly(Duration.ofSeconds(8));
        assertThat(Duration.between(left, clock.instant()))
                .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(10).plusSeconds(8));
        assertThat(reported.outcomes).isEmpty();
        assertThat(parked).containsExactly("given up after 10 minutes: request failed: as ordered; worth another try");
    }

    /** This machine's clock is wrong; Twilio's is not. */
    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H"})
    void a_wrong_clock_is_no_reason_to_park(Duration ahead) {
        customerHangsUp(PLAIN);
        clock.step(ahead);
        twilio.before(Request.CONFERENCE, failing(Kind.UNREACHABLE), failing(Kind.UNAVAILABLE));

        assertThat(workUntilDone()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(value()).contains("customer");
        assertThat(parked).isEmpty();
    }

    @Test
    void a_failing_task_is_parked_after_ten_minutes_whatever_the_clock_says() {
        customerHangsUp(PLAIN);
        clock.step(Duration.ofHours(1));
        Instant begun = clock.instant();
        twilio.always(Request.CONFERENCE, failing(Kind.UNREACHABLE));

        workUntilDone();
        assertThat(Duration.between(begun, clock.instant()))
                .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(10).plusSeconds(8));
        assertThat(parked).hasSize(1);
    }

    @Test
    void a_failure_that_passes_costs_nothing_but_time() {
        customerHangsUp(PLAIN);
        twilio.before(Request.TASK, failing(Kind.UNAVAILABLE), failing(Kind.INVALID_RESPONSE));

        assertThat(workUntilDone()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(value()).contains("customer");
        assertThat(parked).isEmpty();
    }

    @Test
    void a_failure_says_how_long_to_wait_within_a_bound() {
        customerHangsUp(PLAIN);
        twilio.before(
                Request.TASK,
                failing(Kind.THROTTLED, Duration.ofSeconds(7)),
                failing(Kind.THROTTLED, Duration.ofMinutes(5)));

        assertThat(workUntilDone()).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(30));
        assertThat(value()).contains("customer");
    }

    @ParameterizedTest
    @EnumSource(
            value = Request.class,
            names = {"CONFERENCE", "TASK", "CALL", "UPDATE"})
    void a_failure_of_the_credentials_retries_the_task_later(Request request) {
        customerHangsUp(PLAIN);
        twilio.before(request, failing(Kind.UNAUTHORIZED), failing(Kind.NOT_SENT, Duration.ofSeconds(5)));

        assertThat(workUntilDone()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(5));
        assertThat(parked).isEmpty();
        assertThat(value()).contains("customer");
    }

    @ParameterizedTest
    @EnumSource(
            value = Request.class,
            names = {"CONFERENCE", "TASK", "CALL", "UPDATE"})
    void a_bad_request_parks_the_task_at_once(Request request) {
        customerHangsUp(PLAIN);
        twilio.before(request, failing(Kind.BAD_REQUEST));

        WorkResult step = work();

        assertThat(step).isEqualTo(new WorkResult.Park("cannot succeed: request failed: as ordered; not tried again"));
        assertThat(reported.outcomes).isEmpty();
    }

    @Test
    void the_next_event_of_a_parked_task_starts_the_work_again() {
        customerHangsUp(PLAIN);
        twilio.before(Request.TASK, failing(Kind.BAD_REQUEST));
        work();
        woken.clear();
        arrives(EventType.RESERVATION_COMPLETED, ALICES, BROWSER);

        assertThat(woken).hasSize(1);
        assertThat(work()).isEqualTo(new WorkResult.Complete());
        assertThat(value()).contains("customer");
    }

    private void completes(Duration ago) {
        arrives(EventType.RESERVATION_COMPLETED, ALICES, BROWSER);
        clock.step(ago);
    }

    @Test
    void a_segment_whose_agent_completed_gets_a_verdict_and_no_write() {
        customerHangsUp(PLAIN);
        completes(Duration.ofSeconds(6));

        assertThat(work()).isEqualTo(new WorkResult.Complete());
        assertThat(reported.only().verdict().endedBy()).contains(EndedBy.CUSTOMER);
        assertThat(reported.only().write())
                .isEqualTo(new WriteResult(Status.TOO_LATE, "the agent completed before it could be written"));
        assertThat(twilio.asked(Request.UPDATE)).isZero();
        assertThat(twilio.attributes(TASK)).isEqualTo(PLAIN);
    }

    @ParameterizedTest
    @CsvSource({"5, true", "6, false"})
    void a_dry_run_compares_only_within_five_seconds_of_the_completion(int secondsAgo, boolean isCompared) {
        customerHangsUp(withValue(PLAIN, "disconnect"));
        completes(Duration.ofSeconds(secondsAgo));

        engine(new EngineSettings(true, Vocabulary.DEFAULT, true, false, false), reported)
                .work(TASK, 0);

        assertThat(reported.compared)
                .isEqualTo(
                        isCompared
                                ? List.of(new DryRunComparison(Optional.of("customer"), Optional.of("disconnect")))
                                : List.of());
        assertThat(reported.last().write().status()).isEqualTo(isCompared ? Status.DRY_RUN : Status.TOO_LATE);
        assertThat(twilio.attributes(TASK)).isEqualTo(withValue(PLAIN, "disconnect"));
    }

    @Test
    void a_segment_whose_agent_has_just_completed_is_written() {
        customerHangsUp(PLAIN);
        completes(Duration.ofSeconds(5));

        work();

        assertThat(reported.only().write().status()).isEqualTo(Status.WRITTEN);
    }

    @Test
    void a_click_of_an_agent_who_completed_is_set_already() {
        agentDrops(CLICKED);
        completes(Duration.ofMinutes(1));

        work();

        assertThat(reported.only().write().status()).isEqualTo(Status.ALREADY_SET);
    }

    @Test
    void a_late_segment_leaves_the_next_agents_value_alone() {
        talks(PLAIN);
        handsOn();
        wrapsUp();
        twilio.before(Request.CONFERENCE, failing(Kind.UNAVAILABLE));
        work();
        bobTakesOver();
        bobsCustomerGoes();

        work();

        assertThat(reported.outcomes)
                .extracting(outcome -> outcome.write().status())
                .containsExactly(Status.TOO_LATE, Status.WRITTEN);
        assertThat(value()).contains("customer");
    }

    @Test
    void a_segment_whose_events_come_last_leaves_the_next_agents_value_alone() {
        talks(PLAIN);
        handsOn();
        ReservationEvent late = event(EventType.RESERVATION_WRAPUP, ALICES, BROWSER);
        bobTakesOver();
        bobsCustomerGoes();
        work();
        assertThat(value()).contains("customer");
        journal.append(late);
        work();
        twilio.forgetRequests();

        assertThat(work()).isEqualTo(new WorkResult.Complete());
        assertThat(reported.outcomes)
                .extracting(outcome -> outcome.write().status())
                .containsExactly(Status.WRITTEN, Status.TOO_LATE);
        assertThat(value()).contains("customer");
        assertThat(twilio.asked()).isEmpty();
    }

    @Test
    void a_late_segment_still_uses_up_its_agents_click() {
        talks(withValue(PLAIN, "agent"));
        twilio.lists(CONFERENCE, new Participant(CUSTOMER, true, true));
        wrapsUp();
        twilio.before(Request.CONFERENCE, failing(Kind.UNAVAILABLE));
        work();
        bobTakesOver();
        work();
        assertThat(reported.only().verdict().endedBy()).contains(EndedBy.AGENT);

        clock.step(Duration.ofMinutes(1));
        bobsLegGoes();
        work();

        assertThat(reported.last().verdict().endedBy()).contains(EndedBy.DISCONNECT);
        assertThat(value()).contains("disconnect");
    }

    @Test
    void a_task_is_parked_once_twilio_has_forgotten_it() {
        customerHangsUp(PLAIN);
        twilio.always(Request.CONFERENCE, failing(Kind.UNREACHABLE));
        completes(Duration.ofSeconds(10));
        Instant completed = clock.instant().minusSeconds(10);

        workUntilDone();

        assertThat(parked)
                .containsExactly("given up, as the agent completed 5 minutes ago: request failed: as ordered;"
                        + " worth another try");
        assertThat(Duration.between(completed, clock.instant()))
                .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(5).plusSeconds(30));
        assertThat(work()).isInstanceOf(WorkResult.Park.class);
    }

    @Test
    void what_is_due_after_a_long_wrap_up_is_still_done() {
        agentDrops(PLAIN);
        work();
        assertThat(value()).contains("disconnect");
        clock.step(Duration.ofMinutes(20));
        bobTakesOver();
        twilio.before(Request.TASK, failing(Kind.UNAVAILABLE));

        assertThat(workUntilDone()).containsExactly(Duration.ofSeconds(1));
        assertThat(value()).isEmpty();
    }

    private void handsOn() {
        journal.append(new TransferEvent(
                EventType.TRANSFER_INITIATED,
                TASK,
                clock.instant(),
                Optional.of(ALICES),
                Optional.of(Transfer.Mode.COLD)));
        clock.step(Duration.ofSeconds(1));
    }

    private void bobsCustomerGoes() {
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
        arrives(EventType.RESERVATION_WRAPUP, BOBS, BOBS_BROWSER);
    }
}
