package io.hangupby.internal.processing;

import static io.hangupby.internal.twilio.InMemoryTwilio.failing;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.Participant;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.Transfer;
import io.hangupby.decision.DryRunComparison;
import io.hangupby.decision.DryRunReport;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Vocabulary;
import io.hangupby.internal.event.ConferenceEvent;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import io.hangupby.internal.event.TaskRouterEvent.TransferEvent;
import io.hangupby.internal.journal.WorkResult;
import io.hangupby.internal.twilio.InMemoryTwilio.Request;
import io.hangupby.testing.CapturedLog;
import io.hangupby.twilio.TwilioFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events and status callbacks that come late, or never came. */
class SegmentHistoryTest extends SegmentProcessorFixture {
    @Test
    void a_missing_reservation_is_found_in_taskrouters_events() {
        onlyTheTasksWrapUpArrives();
        twilio.put(event(EventType.RESERVATION_ACCEPTED, ALICES, BROWSER));
        twilio.put(event(EventType.RESERVATION_WRAPUP, ALICES, BROWSER));

        assertThat(work()).isEqualTo(new WorkResult.Complete());
        assertThat(twilio.asked(Request.EVENTS)).isEqualTo(1);
        assertThat(value()).contains("customer");
        assertThat(reported.only().segment().reservation()).isEqualTo(ALICES);
        assertThat(reported.ended).containsExactly(reported.only().segment());
    }

    @Test
    void a_task_without_a_reservation_is_left_alone() {
        onlyTheTasksWrapUpArrives();
        try (CapturedLog log = new CapturedLog()) {
            assertThat(work()).isEqualTo(new WorkResult.Complete());

            assertThat(log.warnings())
                    .containsExactly("task " + TASK
                            + ": wrapped up, but TaskRouter has no agent who accepted it; nothing is written");
        }
        assertThat(twilio.asked()).containsExactly(Request.EVENTS);
        assertThat(reported.outcomes).isEmpty();
    }

    @Test
    void a_missing_reservation_is_asked_for_again_if_twilio_fails() {
        onlyTheTasksWrapUpArrives();
        twilio.put(event(EventType.RESERVATION_WRAPUP, ALICES, BROWSER));
        twilio.before(Request.EVENTS, failing(Kind.UNAVAILABLE), failing(Kind.UNREACHABLE));

        assertThat(workUntilDone()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(parked).isEmpty();
        assertThat(value()).contains("customer");
    }

    @Test
    void a_missing_reservation_parks_the_task_after_ten_minutes() {
        onlyTheTasksWrapUpArrives();
        twilio.always(Request.EVENTS, failing(Kind.UNAVAILABLE));
        Instant over = clock.instant();

        workUntilDone();

        assertThat(parked).singleElement().asString().startsWith("given up after 10 minutes: ");
        assertThat(clock.instant()).isAfter(over.plus(Duration.ofMinutes(10)));
    }

    private void onlyTheTasksWrapUpArrives() {
        twilio.put(TASK, PLAIN);
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
        taskWrapsUp();
    }

    @Test
    void an_agents_late_wrap_up_has_the_segment_judged_anew_as_of_its_own_moment() {
        talks(PLAIN);
        Instant left = clock.instant();
        ReservationEvent late = event(EventType.RESERVATION_WRAPUP, ALICES, BROWSER);
        clock.step(Duration.ofSeconds(5));
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
        taskWrapsUp();
        work();
        assertThat(value()).contains("customer");

        journal.append(late);
        work();

        assertThat(reported.outcomes).hasSize(2);
        assertThat(reported.ended).hasSize(1);
        assertThat(reported.outcomes.get(1).segment().left()).isEqualTo(left);
        assertThat(reported.outcomes.get(1).verdict().endedBy()).contains(EndedBy.DISCONNECT);
    }

    /** Seconds from the agent's completion to the first verdict on it, and from there to the second. */
    @ParameterizedTest
    @CsvSource({"0, 0, true", "0, 60, true", "6, 60, false"})
    void an_agents_late_wrap_up_is_counted_once_in_a_dry_run(int first, int second, boolean isCompared) {
        DryRunReport report = new DryRunReport(Vocabulary.DEFAULT::value);
        SegmentProcessor looksOn = engine(new EngineSettings(true, Vocabulary.DEFAULT, true, false, false), report);
        talks(withValue(PLAIN, "disconnect"));
        ReservationEvent late = event(EventType.RESERVATION_WRAPUP, ALICES, BROWSER);
        clock.step(Duration.ofSeconds(5));
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
        taskWrapsUp();
        arrives(EventType.RESERVATION_COMPLETED, ALICES, BROWSER);
        clock.step(Duration.ofSeconds(first));
        looksOn.work(TASK, 0);
        assertThat(report.rules()).isEqualTo(isCompared ? compared("customer-left", "customer") : Map.of());

        twilio.edit(TASK, attributes -> withValue(PLAIN, "the next agent's"));
        clock.step(Duration.ofSeconds(second));
        journal.append(late);
        looksOn.work(TASK, 0);

        assertThat(report.rules()).isEqualTo(isCompared ? compared("agent-left", "disconnect") : Map.of());
        assertThat(report.notCompared()).isEqualTo(isCompared ? 0 : 1);
    }

    private static Map<String, Map<DryRunComparison, Long>> compared(String rule, String computed) {
        return Map.of(rule, Map.of(new DryRunComparison(Optional.of(computed), Optional.of("disconnect")), 1L));
    }

    @Test
    void a_status_callback_of_the_agents_leaving_is_awaited_without_a_request() {
        talks(PLAIN);
        joins(CUSTOMER, 1);
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
        wrapsUp();

        assertThat(engine.work(TASK, 0)).isEqualTo(later(250));
        assertThat(twilio.asked()).isEmpty();

        leaves(CUSTOMER, 2, ParticipantLeft.Reason.PARTICIPANT_HUNG_UP);
        leaves(AGENT, 3, ParticipantLeft.Reason.MODERATOR_ENDED_CONFERENCE);
        engine.work(TASK, 1);

        assertThat(twilio.asked()).containsExactly(Request.CONFERENCE, Request.TASK, Request.UPDATE);
        assertThat(value()).contains("customer");
    }

    @Test
    void a_status_callback_is_not_awaited_without_end() {
        talks(PLAIN);
        joins(CUSTOMER, 1);
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT);
        wrapsUp();

        assertThat(workUntilDone())
                .containsExactly(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(value()).contains("disconnect");
    }

    @Test
    void a_late_status_callback_turns_a_verdict() {
        agentDrops(PLAIN);
        work();
        assertThat(value()).contains("disconnect");
        int before = woken.size();

        leaves(CUSTOMER, 2, ParticipantLeft.Reason.PARTICIPANT_HUNG_UP);
        leaves(AGENT, 3, ParticipantLeft.Reason.PARTICIPANT_HUNG_UP);

        assertThat(woken).hasSizeGreaterThan(before);
        work();
        assertThat(value()).contains("customer");
        assertThat(reported.outcomes)
                .extracting(outcome -> outcome.verdict().rule())
                .containsExactly("agent-left", "customer-left");
    }

    @Test
    void a_status_callback_that_comes_while_the_value_is_written_turns_the_verdict() {
        agentDrops(PLAIN);
        twilio.before(Request.UPDATE, () -> {
            leaves(CUSTOMER, 2, ParticipantLeft.Reason.PARTICIPANT_HUNG_UP);
            leaves(AGENT, 3, ParticipantLeft.Reason.PARTICIPANT_HUNG_UP);
        });

        assertThat(work()).isEqualTo(new WorkResult.Complete());

        assertThat(value()).contains("customer");
        assertThat(reported.outcomes)
                .extracting(outcome -> outcome.verdict().rule())
                .containsExactly("agent-left", "customer-left");
    }

    @Test
    void a_late_status_callback_that_turns_nothing_costs_no_request_and_is_not_reported() {
        agentDrops(PLAIN);
        work();
        int asked = twilio.asked().size();

        leaves(AGENT, 2, ParticipantLeft.Reason.PARTICIPANT_HUNG_UP);
        leaves(CUSTOMER, 3, ParticipantLeft.Reason.MODERATOR_ENDED_CONFERENCE);
        work();

        assertThat(twilio.asked()).hasSize(asked);
        assertThat(reported.outcomes).hasSize(1);
        assertThat(journal.read(TASK).callsForWork()).isFalse();
    }

    @Test
    void a_late_status_callback_turns_no_final_verdict() {
        customerHangsUp(PLAIN);
        work();
        int before = woken.size();

        leaves(AGENT, 2, ParticipantLeft.Reason.PARTICIPANT_HUNG_UP);
        leaves(CUSTOMER, 3, ParticipantLeft.Reason.PARTICIPANT_HUNG_UP);
        work();

        assertThat(woken).hasSize(before);
        assertThat(value()).contains("customer");
    }

    @Test
    void a_late_status_callback_turns_nothing_once_the_agent_has_completed() {
        agentDrops(PLAIN);
        work();
        arrives(EventType.RESERVATION_COMPLETED, ALICES, BROWSER);
        work();

        leaves(CUSTOMER, 2, ParticipantLeft.Reason.PARTICIPANT_HUNG_UP);
        leaves(AGENT, 3, ParticipantLeft.Reason.PARTICIPANT_HUNG_UP);
        work();

        assertThat(value()).contains("disconnect");
    }

    @Test
    void the_status_callback_that_completes_the_order_of_leaving_ends_the_wait_for_it() {
        talks(PLAIN);
        joins(CUSTOMER, 1);
        joins(AGENT, 2);
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
        leaves(CUSTOMER, 3, ParticipantLeft.Reason.PARTICIPANT_HUNG_UP);
        wrapsUp();
        assertThat(work()).isInstanceOf(WorkResult.RetryIn.class);
        assertThat(twilio.asked()).isEmpty();
        woken.clear();

        leaves(AGENT, 4, ParticipantLeft.Reason.MODERATOR_ENDED_CONFERENCE);

        assertThat(woken).containsExactly(TASK);
        assertThat(work()).isEqualTo(new WorkResult.Complete());
        assertThat(value()).contains("customer");
    }

    @Test
    void a_status_callback_fills_what_the_conference_resource_leaves_out() {
        talks(PLAIN);
        twilio.put(new Conference(CONFERENCE, true, Optional.empty(), Optional.empty(), Optional.of(clock.instant())));
        journal.append(new ConferenceEvent.Ended(
                origin(4),
                Optional.of(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_KICKED),
                Optional.of(CUSTOMER)));
        wrapsUp();

        work();

        assertThat(value()).contains("agent");
    }

    private void joins(CallSid leg, int number) {
        journal.append(new ConferenceEvent.LegSeen(origin(number), leg, true, true, false, false));
    }

    private void leaves(CallSid leg, int number, ParticipantLeft.Reason reason) {
        journal.append(new ConferenceEvent.LegLeft(origin(number), leg, Optional.of(reason), false, Optional.empty()));
    }

    private ConferenceEvent.Origin origin(int number) {
        return new ConferenceEvent.Origin(TASK, CONFERENCE, number, clock.instant(), Optional.of(CUSTOMER));
    }

    @Test
    void the_full_history_is_read_before_a_verdict_that_rests_on_an_absence() {
        underWay();
        twilio.put(new TransferEvent(
                EventType.TRANSFER_INITIATED,
                TASK,
                clock.instant().minusSeconds(9),
                Optional.of(ALICES),
                Optional.of(Transfer.Mode.COLD)));
        twilio.lists(CONFERENCE, new Participant(CUSTOMER, true, true));
        wrapsUp();

        work();

        assertThat(value()).contains("cold transfer");
        assertThat(twilio.asked(Request.EVENTS)).isEqualTo(1);
    }

    @Test
    void the_full_history_is_read_once_even_if_the_verdict_does_not_rest_on_it() {
        underWay();
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
        wrapsUp();

        work();
        work();

        assertThat(value()).contains("customer");
        assertThat(twilio.asked(Request.EVENTS)).isEqualTo(1);
    }

    @Test
    void a_history_that_begins_with_the_task_is_not_read_again() {
        customerHangsUp(PLAIN);

        work();

        assertThat(value()).contains("customer");
        assertThat(twilio.asked(Request.EVENTS)).isZero();
    }

    @Test
    void a_full_history_without_further_events_leaves_the_verdict() {
        underWay();
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT);
        wrapsUp();

        work();

        assertThat(value()).contains("disconnect");
        assertThat(twilio.asked(Request.EVENTS)).isEqualTo(1);
    }

    /** The task's wrap-up arrives first and stands in for the only agent who is known. */
    @Test
    void the_full_history_is_read_when_a_later_wrap_up_shows_that_an_agent_was_missing() {
        talks(PLAIN);
        twilio.put(new TransferEvent(
                EventType.TRANSFER_INITIATED,
                TASK,
                clock.instant(),
                Optional.of(ALICES),
                Optional.of(Transfer.Mode.COLD)));
        clock.step(Duration.ofSeconds(2));
        twilio.put(event(EventType.RESERVATION_WRAPUP, ALICES, BROWSER));
        clock.step(Duration.ofMinutes(1));
        twilio.put(event(EventType.RESERVATION_ACCEPTED, BOBS, BOBS_BROWSER));
        clock.step(Duration.ofMinutes(1));
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
        taskWrapsUp();
        work();
        assertThat(value()).contains("customer");

        arrives(EventType.RESERVATION_WRAPUP, BOBS, BOBS_BROWSER);
        work();

        assertThat(value()).contains("cold transfer");
        assertThat(twilio.asked(Request.EVENTS)).isEqualTo(1);
    }

    private void underWay() {
        twilio.put(TASK, PLAIN);
        twilio.put(new Conference(CONFERENCE, false, Optional.empty(), Optional.empty(), Optional.empty()));
        twilio.put(new Call(CUSTOMER, Call.Status.IN_PROGRESS, Optional.empty(), Optional.empty()));
    }

    @Test
    void a_late_transfer_event_turns_a_disconnect_into_a_cold_transfer() {
        talks(PLAIN);
        TransferEvent late = new TransferEvent(
                EventType.TRANSFER_INITIATED,
                TASK,
                clock.instant(),
                Optional.of(ALICES),
                Optional.of(Transfer.Mode.COLD));
        twilio.lists(CONFERENCE, new Participant(CUSTOMER, true, true));
        clock.step(Duration.ofSeconds(1));
        wrapsUp();
        work();
        assertThat(value()).contains("disconnect");

        journal.append(late);
        work();

        assertThat(value()).contains("cold transfer");
    }
}
