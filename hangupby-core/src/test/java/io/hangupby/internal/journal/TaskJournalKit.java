package io.hangupby.internal.journal;

import static io.hangupby.internal.event.EventType.RESERVATION_ACCEPTED;
import static io.hangupby.internal.event.EventType.RESERVATION_COMPLETED;
import static io.hangupby.internal.event.EventType.RESERVATION_CREATED;
import static io.hangupby.internal.event.EventType.RESERVATION_WRAPUP;
import static io.hangupby.internal.event.EventType.TASK_CANCELED;
import static io.hangupby.internal.event.EventType.TASK_COMPLETED;
import static io.hangupby.internal.event.EventType.TASK_CREATED;
import static io.hangupby.internal.event.EventType.TASK_WRAPUP;
import static io.hangupby.internal.event.EventType.TRANSFER_INITIATED;
import static io.hangupby.internal.event.Events.A;
import static io.hangupby.internal.event.Events.B;
import static io.hangupby.internal.event.Events.TASK;
import static io.hangupby.internal.event.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hangupby.call.AccountSid;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Kept;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Verdict;
import io.hangupby.decision.WriteResult;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.Events;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.event.TaskTimeline;
import io.hangupby.journal.JournalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every journal keeps to, wherever it remembers. */
public abstract class TaskJournalKit extends ReportsKit {
    private final RecordingQueue queue = new RecordingQueue();
    private TaskJournal journal;

    @BeforeEach
    void make_the_journal() {
        journal = journal(queue, new SchedulingPolicy(false));
    }

    private void append(TaskRouterEvent... events) {
        for (TaskRouterEvent event : events) {
            journal.append(event);
        }
    }

    private List<TaskRef> wokenBy(TaskRouterEvent event) {
        queue.taken();
        journal.append(event);
        return queue.taken();
    }

    protected static Outcome outcome(Segment segment, EndedBy endedBy) {
        return new Outcome(
                segment,
                new Verdict(Optional.of(endedBy), "some-rule", "because", List.of()),
                new WriteResult(WriteResult.Status.WRITTEN, "written"));
    }

    private Outcome decide(ReservationSid reservation, WriteResult.Status status) {
        Segment over = journal.read(TASK).timeline().segments().stream()
                .filter(segment -> segment.reservation().equals(reservation))
                .findFirst()
                .orElseThrow();
        Outcome outcome = new Outcome(
                over,
                new Verdict(Optional.of(EndedBy.AGENT), "some-rule", "because", List.of()),
                new WriteResult(status, "as it went"));
        journal.record(outcome);
        return outcome;
    }

    /** Records that Flex Insights read a segment's value. */
    private void keep(ReservationSid reservation) {
        Outcome outcome = journal.read(TASK).outcome(reservation).orElseThrow();
        journal.record(outcome.with(outcome.write().with(Kept.KEPT)));
    }

    private Outcome decide(EndedBy endedBy) {
        Outcome outcome = outcome(journal.read(TASK).undecided().get(0), endedBy);
        journal.record(outcome);
        return outcome;
    }

    @Nested
    class WhenReading {

        @Test
        void nothing_is_known_of_a_task_that_never_came() {
            TaskRecord record = journal.read(TASK);

            assertThat(record.timeline().task()).isEqualTo(TASK);
            assertThat(record.timeline().events()).isEmpty();
            assertThat(record.outcomes()).isEmpty();
            assertThat(record.callsForWork()).isFalse();
        }

        @Test
        void events_are_there_by_time_and_once() {
            TaskRouterEvent created = event(TASK_CREATED, 0);
            TaskRouterEvent accepted = event(RESERVATION_ACCEPTED, A, 1);
            TaskRouterEvent wrapUp = event(RESERVATION_WRAPUP, A, 2);

            append(wrapUp, created, accepted, wrapUp, created);

            assertThat(journal.read(TASK).timeline().events()).containsExactly(created, accepted, wrapUp);
        }

        @Test
        void the_workspaces_of_an_account_are_those_of_its_tasks() {
            append(event(TASK_CREATED, 0), event(Events.task(1), TASK_WRAPUP, 1));

            assertThat(journal.workspaces(TASK.account())).containsExactly(TASK.workspace());
            assertThat(journal.workspaces(new AccountSid("AC" + "f".repeat(32))))
                    .isEmpty();
        }

        @Test
        void events_of_another_task_are_not_mixed_in() {
            TaskRef another = Events.task(1);

            append(event(TASK_CREATED, 0), event(another, TASK_WRAPUP, 1));

            assertThat(journal.read(TASK).timeline().events()).containsExactly(event(TASK_CREATED, 0));
            assertThat(journal.read(another).timeline().events()).containsExactly(event(another, TASK_WRAPUP, 1));
        }

        @Test
        void a_segment_is_undecided_until_its_outcome_is_recorded() {
            append(event(RESERVATION_WRAPUP, A, 2));
            assertThat(journal.read(TASK).undecided())
                    .extracting(Segment::reservation)
                    .containsExactly(A);

            Outcome outcome = decide(EndedBy.CUSTOMER);

            assertThat(journal.read(TASK).undecided()).isEmpty();
            assertThat(journal.read(TASK).outcomes()).containsExactly(outcome);
            assertThat(journal.read(TASK).outcome(A)).contains(outcome);
            assertThat(journal.read(TASK).outcome(B)).isEmpty();
            assertThat(journal.read(TASK).callsForWork()).isFalse();
        }

        @Test
        void the_outcome_of_a_reservation_replaces_its_earlier_one() {
            append(event(RESERVATION_WRAPUP, A, 2), event(RESERVATION_WRAPUP, B, 3));
            List<Segment> segments = journal.read(TASK).undecided();
            Outcome ofB = outcome(segments.get(1), EndedBy.CUSTOMER);
            Outcome ofAThen = outcome(segments.get(0), EndedBy.UNKNOWN);
            Outcome ofANow = outcome(segments.get(0), EndedBy.AGENT);

            journal.record(ofAThen);
            journal.record(ofB);
            journal.record(ofANow);

            assertThat(journal.read(TASK).outcomes()).containsExactlyInAnyOrder(ofB, ofANow);
        }

        @Test
        void a_record_that_was_read_does_not_change() {
            append(event(TASK_CREATED, 0));
            TaskRecord before = journal.read(TASK);

            append(event(RESERVATION_WRAPUP, A, 2));

            assertThat(before.timeline().events()).containsExactly(event(TASK_CREATED, 0));
        }
    }

    @Nested
    class WhenAnEventCallsForWork {

        @Test
        void an_agents_wrap_up_wakes_the_task() {
            assertThat(wokenBy(event(RESERVATION_WRAPUP, A, 2))).containsExactly(TASK);
        }

        @Test
        void a_tasks_wrap_up_wakes_it_in_place_of_the_agents() {
            append(event(RESERVATION_ACCEPTED, A, 1));

            assertThat(wokenBy(event(TASK_WRAPUP, 2))).containsExactly(TASK);
        }

        @Test
        void a_tasks_wrap_up_wakes_it_where_no_agent_is_known() {
            assertThat(wokenBy(event(TASK_WRAPUP, 2))).containsExactly(TASK);
        }

        @Test
        void a_repeated_wrap_up_wakes_it_as_long_as_it_is_undecided() {
            append(event(RESERVATION_WRAPUP, A, 2));
            assertThat(wokenBy(event(RESERVATION_WRAPUP, A, 2))).containsExactly(TASK);

            decide(EndedBy.AGENT);
            assertThat(wokenBy(event(RESERVATION_WRAPUP, A, 2))).isEmpty();
        }

        @Test
        void a_second_wrap_up_after_the_outcome_wakes_nobody() {
            append(event(RESERVATION_WRAPUP, A, 2));
            decide(EndedBy.AGENT);

            assertThat(wokenBy(event(TASK_WRAPUP, 2))).isEmpty();
            assertThat(wokenBy(event(TASK_WRAPUP, 9000))).isEmpty();
        }

        @Test
        void a_completion_wakes_it_until_it_is_decided_and_known_what_flex_insights_read() {
            append(event(RESERVATION_WRAPUP, A, 2));
            assertThat(wokenBy(event(RESERVATION_COMPLETED, A, 5))).containsExactly(TASK);

            decide(EndedBy.AGENT);
            assertThat(wokenBy(event(RESERVATION_COMPLETED, A, 5))).containsExactly(TASK);

            keep(A);
            assertThat(wokenBy(event(RESERVATION_COMPLETED, A, 6))).isEmpty();
        }

        @Test
        void a_completion_wakes_it_after_the_tasks_wrap_up() {
            append(event(RESERVATION_ACCEPTED, A, 1), event(TASK_WRAPUP, 2));

            assertThat(wokenBy(event(RESERVATION_COMPLETED, A, 5))).containsExactly(TASK);
        }

        @ParameterizedTest
        @EnumSource(
                mode = EnumSource.Mode.EXCLUDE,
                names = {"OTHER", "TASK_WRAPUP", "RESERVATION_WRAPUP", "RESERVATION_COMPLETED"})
        void no_other_event_wakes_anybody(EventType type) {
            append(event(RESERVATION_WRAPUP, A, 2));

            assertThat(wokenBy(type.isReservation() ? event(type, B, 3) : event(type, 3)))
                    .isEmpty();
        }

        @Test
        void a_wrap_up_of_an_unknown_agent_wakes_the_task_to_search_for_the_agent() {
            append(event(RESERVATION_CREATED, A, 1), event(RESERVATION_CREATED, B, 1));

            assertThat(wokenBy(event(TASK_WRAPUP, 2))).containsExactly(TASK);
        }

        @Test
        void only_the_tasks_own_events_wake_it() {
            append(event(RESERVATION_WRAPUP, A, 2));
            TaskRef another = Events.task(1);

            assertThat(wokenBy(event(another, RESERVATION_WRAPUP, B, 3))).containsExactly(another);
        }
    }

    @Nested
    class WhenASegmentWasJudgedAsOfTheTasksWrapUp {

        @BeforeEach
        void judge() {
            append(event(RESERVATION_ACCEPTED, A, 0), event(TASK_WRAPUP, 5000));
            decide(EndedBy.CUSTOMER);
        }

        @Test
        void the_agents_own_wrap_up_a_second_earlier_calls_for_work_again() {
            assertThat(wokenBy(event(RESERVATION_WRAPUP, A, 4000))).containsExactly(TASK);
            assertThat(journal.read(TASK).undecided())
                    .extracting(Segment::left)
                    .containsExactly(Events.START.plusMillis(4000));
        }

        @Test
        void once_more_is_enough() {
            append(event(RESERVATION_WRAPUP, A, 4000));
            decide(EndedBy.AGENT);

            assertThat(wokenBy(event(TASK_WRAPUP, 5000))).isEmpty();
            assertThat(journal.read(TASK).outcomes()).hasSize(1);
        }

        @Test
        void the_agents_own_wrap_up_within_the_second_changes_nothing() {
            assertThat(wokenBy(event(RESERVATION_WRAPUP, A, 4001))).isEmpty();
        }

        @Test
        void the_agents_own_wrap_up_later_changes_nothing() {
            assertThat(wokenBy(event(RESERVATION_WRAPUP, A, 8000))).isEmpty();
        }
    }

    @Nested
    class WhenTwoAgentsShareTheField {
        private final List<Outcome> decided = new ArrayList<>();

        @BeforeEach
        void decide_both() {
            append(event(RESERVATION_WRAPUP, A, 2), event(RESERVATION_WRAPUP, B, 3));
            decided.add(decide(A, WriteResult.Status.WRITTEN));
            decided.add(decide(B, WriteResult.Status.WAITING));
        }

        private Outcome first() {
            return decided.get(0);
        }

        private Outcome second() {
            return decided.get(1);
        }

        @Test
        void it_is_the_one_who_has_been_in_wrap_up_longest_who_holds_it() {
            assertThat(journal.read(TASK).holder()).contains(first());
            assertThat(journal.read(TASK).fieldOwnerOutcome()).contains(first());
            assertThat(journal.read(TASK).fieldIsDue()).isFalse();
            assertThat(journal.read(TASK).callsForWork()).isFalse();
        }

        @Test
        void it_is_due_to_the_other_once_the_first_completes() {
            assertThat(wokenBy(event(RESERVATION_COMPLETED, A, 5))).containsExactly(TASK);
            assertThat(journal.read(TASK).holder()).contains(second());
            assertThat(journal.read(TASK).fieldOwnerOutcome()).contains(first());
            assertThat(journal.read(TASK).fieldIsDue()).isTrue();
            assertThat(journal.read(TASK).collided()).isEmpty();

            Outcome written = decide(B, WriteResult.Status.WRITTEN);

            keep(A);
            assertThat(journal.read(TASK).fieldOwnerOutcome()).contains(written);
            assertThat(journal.read(TASK).callsForWork()).isFalse();
        }

        @Test
        void one_who_completes_before_the_first_has_collided() {
            assertThat(wokenBy(event(RESERVATION_COMPLETED, B, 5))).containsExactly(TASK);
            assertThat(journal.read(TASK).collided()).containsExactly(second());
            assertThat(journal.read(TASK).holder()).contains(first());
            assertThat(journal.read(TASK).fieldIsDue()).isFalse();
            assertThat(journal.read(TASK).unread()).isEmpty();

            decide(B, WriteResult.Status.COLLIDED);

            assertThat(journal.read(TASK).collided()).isEmpty();
            keep(B);
            assertThat(journal.read(TASK).fieldOwnerOutcome()).contains(first());
            assertThat(journal.read(TASK).callsForWork()).isFalse();
        }
    }

    @Nested
    class WhenAnAgentCompletesAndTheTaskLivesOn {

        @Test
        void our_value_is_to_be_taken_off_once() {
            append(event(RESERVATION_ACCEPTED, A, 0), event(TRANSFER_INITIATED, 1), event(RESERVATION_WRAPUP, A, 2));
            decide(A, WriteResult.Status.WRITTEN);
            assertThat(journal.read(TASK).fieldIsDue()).isFalse();

            assertThat(wokenBy(event(RESERVATION_COMPLETED, A, 5))).containsExactly(TASK);
            assertThat(journal.read(TASK).holder()).isEmpty();
            assertThat(journal.read(TASK).fieldIsDue()).isTrue();

            journal.recordTakenOff(TASK);
            keep(A);
            assertThat(journal.read(TASK).fieldOwnerOutcome()).isEmpty();
            assertThat(journal.read(TASK).callsForWork()).isFalse();
            assertThat(journal.read(TASK).outcome(A)).isPresent();
        }

        @Test
        void it_stays_where_nobody_is_left_to_inherit_it() {
            append(event(RESERVATION_ACCEPTED, A, 0), event(RESERVATION_WRAPUP, A, 2));
            decide(A, WriteResult.Status.WRITTEN);

            append(event(RESERVATION_COMPLETED, A, 5));
            keep(A);
            assertThat(journal.read(TASK).fieldIsDue()).isFalse();
            assertThat(journal.read(TASK).callsForWork()).isFalse();
        }

        @Test
        void it_stays_where_the_task_has_ended() {
            append(event(RESERVATION_ACCEPTED, A, 0), event(TRANSFER_INITIATED, 1), event(RESERVATION_WRAPUP, A, 2));
            decide(A, WriteResult.Status.WRITTEN);
            append(event(TASK_COMPLETED, 4), event(RESERVATION_COMPLETED, A, 5));

            assertThat(journal.read(TASK).fieldIsDue()).isFalse();
        }
    }

    @Nested
    class WhenTheQueueTakesNothingMore {

        @Test
        void the_source_is_notified_and_can_send_the_event_again() {
            queue.stop(Duration.ZERO);
            assertThatExceptionOfType(JournalException.class)
                    .isThrownBy(() -> journal.append(event(RESERVATION_WRAPUP, A, 2)));
            assertThat(queue.taken()).isEmpty();

            queue.takeAgain();
            append(event(RESERVATION_WRAPUP, A, 2));

            assertThat(queue.taken()).containsExactly(TASK);
            assertThat(journal.read(TASK).timeline().events()).containsExactly(event(RESERVATION_WRAPUP, A, 2));
        }

        @Test
        void events_that_call_for_no_work_are_still_taken() {
            queue.stop(Duration.ZERO);

            append(event(TASK_CREATED, 0));

            assertThat(journal.read(TASK).timeline().events()).hasSize(1);
        }
    }

    @Nested
    class WhenAskedWhetherARecordIsFinished {

        @Test
        void it_is_once_the_task_has_ended_and_every_segment_has_its_outcome() {
            append(event(RESERVATION_WRAPUP, A, 2), event(RESERVATION_COMPLETED, A, 5));
            assertThat(journal.read(TASK).finished()).isFalse();

            decide(EndedBy.AGENT);
            keep(A);
            assertThat(journal.read(TASK).finished()).isTrue();
        }

        @Test
        void it_is_not_while_the_agent_is_in_after_call_work() {
            append(event(RESERVATION_WRAPUP, A, 2));
            decide(EndedBy.AGENT);

            assertThat(journal.read(TASK).finished()).isFalse();
        }

        @Test
        void it_is_not_while_nobody_knows_who_took_it() {
            append(event(TASK_WRAPUP, 2), event(TASK_COMPLETED, 5));

            assertThat(journal.read(TASK).finished()).isFalse();
        }
    }

    @Nested
    class WhenATaskIsNew {
        private TaskJournal presetting;

        @BeforeEach
        void make_one_that_wakes_new_tasks() {
            presetting = journal(queue, new SchedulingPolicy(true));
        }

        @Test
        void it_is_woken_once() {
            presetting.append(event(TASK_CREATED, 0));
            assertThat(queue.taken()).containsExactly(TASK);

            presetting.append(event(TASK_CREATED, 0));
            assertThat(queue.taken()).isEmpty();
        }

        @Test
        void it_is_not_woken_once_an_agent_took_it_or_it_is_over() {
            presetting.append(event(RESERVATION_ACCEPTED, A, 1));
            presetting.append(event(TASK_CREATED, 0));
            presetting.append(event(Events.task(1), TASK_CANCELED, 1));
            presetting.append(event(Events.task(1), TASK_CREATED, 0));

            assertThat(queue.taken()).isEmpty();
        }

        @Test
        void it_is_woken_although_an_agent_was_asked() {
            presetting.append(event(RESERVATION_CREATED, A, 1));
            presetting.append(event(TASK_CREATED, 0));

            assertThat(queue.taken()).containsExactly(TASK);
        }

        @Test
        void it_is_left_alone_where_there_is_nothing_to_do_for_it() {
            journal.append(event(TASK_CREATED, 0));

            assertThat(queue.taken()).isEmpty();
        }

        @Test
        void what_it_was_given_is_remembered() {
            presetting.append(event(TASK_CREATED, 0));
            presetting.recordPreset(TASK);
            presetting.append(event(RESERVATION_ACCEPTED, A, 1));
            presetting.recordTakenOff(TASK);

            assertThat(presetting.read(TASK).preset()).isTrue();
            assertThat(presetting.read(Events.task(1)).preset()).isFalse();
        }
    }

    @Nested
    class WhenATransferComesFirst {

        @Test
        void it_is_there_once_another_event_says_that_the_task_is_a_call() {
            append(event(TRANSFER_INITIATED, 3), event(TASK_CREATED, 0), event(RESERVATION_WRAPUP, A, 5));

            assertThat(journal.read(TASK).timeline().events())
                    .containsExactly(
                            event(TASK_CREATED, 0), event(TRANSFER_INITIATED, 3), event(RESERVATION_WRAPUP, A, 5));
        }

        @Test
        void it_wakes_nobody() {
            assertThat(wokenBy(event(TRANSFER_INITIATED, 3))).isEmpty();
        }
    }

    @Nested
    class WhenATaskHasMoreEventsThanAreKept {

        @Test
        void its_wrap_up_is_still_worked_on_and_shows_that_events_are_missing() {
            append(event(TASK_CREATED, 0), event(RESERVATION_CREATED, A, 1), event(RESERVATION_ACCEPTED, A, 2));
            assertThat(journal.read(TASK).timeline().mayHaveHole()).isFalse();
            for (int i = 0; i < TaskTimeline.MOST_EVENTS + 10; i++) {
                journal.append(event(TRANSFER_INITIATED, 3 + i));
            }

            assertThat(wokenBy(event(RESERVATION_WRAPUP, A, 5000))).containsExactly(TASK);

            TaskTimeline timeline = journal.read(TASK).timeline();
            assertThat(timeline.events()).hasSize(TaskTimeline.MOST_EVENTS).contains(event(RESERVATION_ACCEPTED, A, 2));
            assertThat(timeline.mayHaveHole()).isTrue();
            assertThat(journal.read(TASK).undecided())
                    .extracting(Segment::reservation)
                    .containsExactly(A);
        }
    }

    @Test
    void recording_an_outcome_returns_all_that_is_known_by_then() {
        append(event(RESERVATION_ACCEPTED, A, 1), event(RESERVATION_WRAPUP, A, 2));
        Outcome outcome = outcome(journal.read(TASK).undecided().get(0), EndedBy.CUSTOMER);
        TaskRouterEvent since = event(RESERVATION_COMPLETED, A, 3);
        append(since);

        TaskRecord known = journal.record(outcome);

        assertThat(known).isEqualTo(journal.read(TASK));
        assertThat(known.outcomes()).containsExactly(outcome);
        assertThat(known.timeline().events()).contains(since);
    }

    @Test
    void recording_an_outcome_of_a_forgotten_task_returns_nothing_and_brings_nothing_back() {
        append(event(RESERVATION_WRAPUP, A, 2));
        Outcome outcome = outcome(journal.read(TASK).undecided().get(0), EndedBy.CUSTOMER);
        journal.forget(TASK);

        assertThat(journal.record(outcome).outcomes()).isEmpty();
        assertThat(journal.read(TASK).outcomes()).isEmpty();
    }

    @Nested
    class WhenATaskIsForgotten {

        @Test
        void nothing_is_known_of_it_any_more_and_others_are() {
            TaskRef another = Events.task(1);
            append(event(RESERVATION_WRAPUP, A, 2), event(another, TASK_WRAPUP, 1));
            decide(EndedBy.CUSTOMER);

            journal.forget(TASK);

            assertThat(journal.read(TASK).timeline().events()).isEmpty();
            assertThat(journal.read(TASK).outcomes()).isEmpty();
            assertThat(journal.read(another).timeline().events()).hasSize(1);
        }
    }
}
