package io.hangupby.internal.processing;

import static io.hangupby.internal.event.EventType.RESERVATION_ACCEPTED;
import static io.hangupby.internal.event.EventType.RESERVATION_COMPLETED;
import static io.hangupby.internal.event.EventType.RESERVATION_CREATED;
import static io.hangupby.internal.event.EventType.RESERVATION_WRAPUP;
import static io.hangupby.internal.event.EventType.TASK_CREATED;
import static io.hangupby.internal.event.Events.A;
import static io.hangupby.internal.event.Events.TASK;
import static io.hangupby.internal.event.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hangupby.call.TaskRef;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Verdict;
import io.hangupby.decision.WriteResult;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.Events;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.journal.InMemoryTaskJournal;
import io.hangupby.internal.journal.RecordingQueue;
import io.hangupby.internal.journal.SchedulingPolicy;
import io.hangupby.internal.twilio.InMemoryTwilio;
import io.hangupby.internal.twilio.InMemoryTwilio.Request;
import io.hangupby.testing.HandClock;
import io.hangupby.twilio.TwilioFailure;
import io.hangupby.twilio.TwilioFailure.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static final Duration LOOK_BACK = Duration.ofMinutes(15);

    private final HandClock clock = new HandClock(event(TASK_CREATED, 0).at().plus(Duration.ofSeconds(30)));
    private final InMemoryTwilio twilio = new InMemoryTwilio();
    private final List<TaskRef> woken = new ArrayList<>();
    private final InMemoryTaskJournal journal =
            new InMemoryTaskJournal(new RecordingQueue(woken), clock, 1000, new SchedulingPolicy(false));
    private final Recovery recovery = new Recovery(journal, twilio, () -> Set.of(TASK.workspace()), LOOK_BACK, clock);

    private static List<TaskRouterEvent> talk(TaskRef task) {
        return List.of(
                event(task, TASK_CREATED, 0),
                event(task, RESERVATION_CREATED, A, 1),
                event(task, RESERVATION_ACCEPTED, A, 2),
                event(task, RESERVATION_WRAPUP, A, 3));
    }

    private void recorded(List<TaskRouterEvent> events) {
        events.forEach(twilio::put);
    }

    private List<EventType> known(TaskRef task) {
        return journal.read(task).timeline().events().stream()
                .map(TaskRouterEvent::type)
                .toList();
    }

    @Test
    void a_wrap_up_that_never_came_is_due_with_all_that_was_before() {
        recorded(talk(TASK));

        recovery.search();

        assertThat(known(TASK))
                .containsExactly(TASK_CREATED, RESERVATION_CREATED, RESERVATION_ACCEPTED, RESERVATION_WRAPUP);
        assertThat(woken).contains(TASK);
        assertThat(recovery.recovered()).isEqualTo(1);
    }

    @Test
    void a_wrap_up_that_arrived_is_not_asked_for() {
        recorded(talk(TASK));
        talk(TASK).forEach(journal::append);
        woken.clear();

        recovery.search();

        assertThat(twilio.asked()).containsExactly(Request.ENDINGS);
        assertThat(woken).isEmpty();
        assertThat(recovery.recovered()).isZero();
    }

    @Test
    void a_wrap_up_that_may_be_on_its_way_is_left_for_the_next_search() {
        HandClock early = new HandClock(event(RESERVATION_WRAPUP, A, 3).at().plusSeconds(4));
        Recovery soon = new Recovery(journal, twilio, () -> Set.of(TASK.workspace()), LOOK_BACK, early);
        recorded(talk(TASK));

        soon.search();
        assertThat(known(TASK)).isEmpty();

        early.step(Duration.ofSeconds(1));
        soon.search();
        assertThat(known(TASK)).hasSize(4);
    }

    @Test
    void one_whose_agent_has_completed_is_too_late() {
        recorded(talk(TASK));
        recorded(List.of(event(RESERVATION_COMPLETED, A, 4)));

        recovery.search();

        assertThat(known(TASK)).isEmpty();
        assertThat(recovery.recovered()).isZero();
    }

    @Test
    void a_completion_that_never_came_is_added_where_another_value_can_wait_for_it() {
        talk(TASK).forEach(journal::append);
        journal.record(new Outcome(
                journal.read(TASK).undecided().get(0),
                new Verdict(Optional.of(EndedBy.AGENT), "some-rule", "because", List.of()),
                new WriteResult(WriteResult.Status.WRITTEN, "written")));
        recorded(talk(TASK));
        recorded(List.of(event(RESERVATION_COMPLETED, A, 4)));

        recovery.search();

        assertThat(known(TASK)).contains(RESERVATION_COMPLETED);
        assertThat(twilio.asked()).containsExactly(Request.ENDINGS);
    }

    @Test
    void a_search_reads_a_bounded_number_and_the_next_search_reads_the_rest() {
        for (int i = 0; i < 250; i++) {
            recorded(talk(Events.task(i)));
        }

        recovery.search();
        assertThat(recovery.recovered()).isEqualTo(200);

        clock.step(Duration.ofMinutes(10));
        recovery.search();
        assertThat(recovery.recovered()).isEqualTo(250);
    }

    @Test
    void what_happened_before_the_first_period_is_left() {
        recorded(talk(TASK));
        clock.step(LOOK_BACK);

        recovery.search();

        assertThat(known(TASK)).isEmpty();
    }

    @Test
    void a_search_that_failed_is_made_up_for() {
        recorded(talk(TASK));
        twilio.before(Request.ENDINGS, InMemoryTwilio.failing(Kind.UNAVAILABLE));
        assertThatExceptionOfType(TwilioFailure.class).isThrownBy(recovery::search);

        clock.step(Duration.ofMinutes(10));
        recovery.search();

        assertThat(recovery.recovered()).isEqualTo(1);
    }
}
