package io.hangupby.internal.journal;

import static io.hangupby.internal.event.EventType.RESERVATION_ACCEPTED;
import static io.hangupby.internal.event.EventType.RESERVATION_WRAPUP;
import static io.hangupby.internal.event.EventType.TASK_CANCELED;
import static io.hangupby.internal.event.EventType.TASK_CREATED;
import static io.hangupby.internal.event.EventType.TRANSFER_INITIATED;
import static io.hangupby.internal.event.Events.A;
import static io.hangupby.internal.event.Events.event;
import static io.hangupby.internal.event.Events.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.ReservationSid;
import io.hangupby.call.Segment;
import io.hangupby.decision.EndedBy;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskTimeline;
import io.hangupby.testing.CapturedLog;
import io.hangupby.testing.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InMemoryTaskJournalTest extends TaskJournalKit {
    private static final int CAPACITY = 100;

    private final HandClock clock = new HandClock(Instant.parse("2026-09-21T14:00:00Z"));

    @Override
    protected TaskJournal journal(WorkQueue queue, SchedulingPolicy schedulingPolicy) {
        return new InMemoryTaskJournal(queue, clock, CAPACITY, schedulingPolicy);
    }

    private TaskJournal journal(WorkQueue queue) {
        return journal(queue, new SchedulingPolicy(false));
    }

    private static void open(TaskJournal journal, int from, int to) {
        for (int i = from; i < to; i++) {
            journal.append(event(task(i), TASK_CREATED, 0));
        }
    }

    private static void end(TaskJournal journal, int from, int to) {
        for (int i = from; i < to; i++) {
            journal.append(event(task(i), TASK_CANCELED, 1));
        }
    }

    private static int events(TaskJournal journal, int task) {
        return journal.read(task(task)).timeline().events().size();
    }

    /** How many calls of one event there is room for. */
    private static int room() {
        TaskRecord small = new TaskRecord(
                TaskTimeline.of(task(0)).with(event(TASK_CREATED, 0)), List.of(), Optional.empty(), false);
        return (int) (CAPACITY * 4096L / RecordSize.of(small));
    }

    private static long remembered(TaskJournal journal, int from, int to) {
        return IntStream.range(from, to).filter(i -> events(journal, i) > 0).count();
    }

    private static void wrapUp(TaskJournal journal, int from, int to) {
        for (int i = from; i < to; i++) {
            journal.append(event(task(i), RESERVATION_WRAPUP, A, 2));
        }
    }

    private static void decide(TaskJournal journal, int from, int to) {
        for (int i = from; i < to; i++) {
            Segment over = journal.read(task(i)).undecided().get(0);
            journal.record(outcome(over, EndedBy.AGENT));
        }
    }

    private static void wrapUpAndDecide(TaskJournal journal, int from, int to) {
        for (int i = from; i < to; i++) {
            wrapUp(journal, i, i + 1);
            decide(journal, i, i + 1);
        }
    }

    @Nested
    class WhenItIsFullOfOpenCalls {
        private final RecordingQueue queue = new RecordingQueue();
        private final TaskJournal journal = journal(queue);

        @Test
        void it_forgets_the_call_that_was_quiet_longest_and_takes_the_next() {
            open(journal, 0, room());
            assertThat(remembered(journal, 0, room())).isEqualTo(room());
            assertThat(journal.forgottenForRoom()).isZero();
            journal.append(event(task(0), TASK_CREATED, 0));

            open(journal, room(), room() + 1);

            assertThat(events(journal, room())).isEqualTo(1);
            assertThat(events(journal, 0)).isEqualTo(1);
            assertThat(events(journal, 1)).isZero();
            assertThat(journal.forgottenForRoom()).isEqualTo(1);
        }

        @Test
        void decided_calls_beyond_a_quarter_of_the_room_go_before_open_ones() {
            open(journal, 0, 2);
            wrapUpAndDecide(journal, 2, 2 * room());

            assertThat(remembered(journal, 0, 2)).isEqualTo(2);
            assertThat(events(journal, 2)).isZero();

            int kept = (int) remembered(journal, 2, 2 * room());
            open(journal, 2 * room(), 4 * room());

            assertThat(remembered(journal, 0, 2)).isZero();
            assertThat(remembered(journal, 2, 2 * room())).isBetween(kept / 4L - 1, kept / 4L + 1);
            assertThat(journal.read(task(2 * room() - 1)).outcomes()).hasSize(1);
        }

        @Test
        void a_call_that_has_just_been_decided_is_remembered() {
            wrapUp(journal, 0, room());
            for (int i = 0; i < room() && !journal.read(task(i)).undecided().isEmpty(); i++) {
                decide(journal, i, i + 1);

                assertThat(journal.read(task(i)).outcomes()).hasSize(1);
            }
        }

        @Test
        void work_that_is_to_be_done_goes_last() {
            wrapUp(journal, 0, 3);

            open(journal, 3, 3 * room());

            assertThat(remembered(journal, 0, 3)).isEqualTo(3);
            assertThat(journal.read(task(0)).undecided()).hasSize(1);
        }

        @Test
        void it_turns_no_wrap_up_away_and_each_is_worked_on() {
            for (int i = 0; i < 1000; i++) {
                open(journal, i, i + 1);
                wrapUp(journal, i, i + 1);

                assertThat(queue.taken()).containsExactly(task(i));
                assertThat(journal.read(task(i)).undecided()).hasSize(1);
                decide(journal, i, i + 1);
            }

            assertThat(journal.forgottenForRoom()).isGreaterThan(800);
        }

        @Test
        void the_wrap_up_of_a_forgotten_call_shows_that_events_are_missing() {
            open(journal, 0, 2 * room());

            wrapUp(journal, 0, 1);

            assertThat(journal.read(task(0)).undecided()).hasSize(1);
            assertThat(journal.read(task(0)).timeline().mayHaveHole()).isTrue();
        }

        @Test
        void it_remembers_nothing_of_a_call_that_was_forgotten_before_its_outcome_came() {
            wrapUp(journal, 0, 1);
            Segment over = journal.read(task(0)).undecided().get(0);
            wrapUp(journal, 1, 2 * room());

            journal.record(outcome(over, EndedBy.AGENT));

            assertThat(journal.read(task(0)).outcomes()).isEmpty();
        }

        @Test
        void it_says_so_at_80_percent_once() {
            try (CapturedLog log = new CapturedLog()) {
                int quiet = room() * 7 / 10;
                open(journal, 0, quiet);
                assertThat(journal.percentFull()).isBetween(60, 79);
                assertThat(log.warnings()).isEmpty();

                open(journal, quiet, 3 * room());

                assertThat(journal.percentFull()).isBetween(80, 100);
                assertThat(log.warnings())
                        .singleElement()
                        .asString()
                        .startsWith("The in-memory journal is 8")
                        .contains("Subscribe to task.completed and reservation.completed");
            }
        }

        @Test
        void one_call_of_which_much_is_known_takes_the_room_of_many() {
            open(journal, 0, room());
            for (int i = 0; i < 8; i++) {
                journal.append(event(task(0), RESERVATION_ACCEPTED, new ReservationSid("WR%032x".formatted(i)), i));
            }

            assertThat(remembered(journal, 0, room())).isLessThan(room() - 2);
            assertThat(events(journal, 0)).isEqualTo(9);
        }
    }

    @Nested
    class WhenTransfersOfOtherChannelsCome {
        private final TaskJournal journal = journal(new RecordingQueue());

        @Test
        void they_open_no_record_and_push_no_call_out() {
            open(journal, 0, room());

            for (int i = room(); i < 5000; i++) {
                journal.append(event(task(i), TRANSFER_INITIATED, 1));
            }

            assertThat(remembered(journal, 0, room())).isEqualTo(room());
            assertThat(remembered(journal, room(), 5000)).isZero();
            assertThat(journal.workspaces(task(0).account())).hasSize(1);
            assertThat(journal.forgottenForRoom()).isZero();
        }

        @Test
        void only_the_last_256_wait_for_another_event_of_their_task() {
            for (int i = 0; i <= 256; i++) {
                journal.append(event(task(i), TRANSFER_INITIATED, 1));
            }

            open(journal, 0, 2);

            assertThat(events(journal, 0)).isEqualTo(1);
            assertThat(events(journal, 1)).isEqualTo(2);
        }

        @Test
        void of_a_task_only_the_last_8_wait() {
            for (int i = 0; i < 20; i++) {
                journal.append(event(task(0), TRANSFER_INITIATED, i));
            }

            open(journal, 0, 1);

            assertThat(journal.read(task(0)).timeline().events())
                    .hasSize(9)
                    .contains(event(task(0), TRANSFER_INITIATED, 19))
                    .doesNotContain(event(task(0), TRANSFER_INITIATED, 11));
        }

        @Test
        void what_waits_is_forgotten_on_demand() {
            journal.append(event(task(0), TRANSFER_INITIATED, 1));
            journal.forget(task(0));

            open(journal, 0, 1);

            assertThat(events(journal, 0)).isEqualTo(1);
        }
    }

    @Nested
    class WhenCallsAreFinished {
        private final TaskJournal journal = journal(new RecordingQueue());

        @Test
        void they_are_forgotten_first_and_no_open_one_is() {
            open(journal, 0, 2);
            for (int i = 2; i < 1000; i++) {
                open(journal, i, i + 1);
                end(journal, i, i + 1);
            }

            assertThat(remembered(journal, 2, 1000)).isBetween(1L, (long) room());
            assertThat(remembered(journal, 0, 2)).isEqualTo(2);
            assertThat(journal.forgottenForRoom()).isZero();
        }

        @Test
        void they_do_not_count_as_what_fills_it() {
            for (int i = 0; i < 2 * room(); i++) {
                open(journal, i, i + 1);
                end(journal, i, i + 1);
            }

            assertThat(journal.percentFull()).isZero();
        }
    }

    @Nested
    class WhenADayHasPassed {
        private final TaskJournal journal = journal(new RecordingQueue());

        @Test
        void a_call_is_forgotten_a_day_after_its_last_event() {
            open(journal, 0, 1);
            clock.step(Duration.ofHours(23));
            journal.append(event(task(0), RESERVATION_ACCEPTED, A, 1));
            clock.step(Duration.ofHours(24).minusMillis(1));
            assertThat(events(journal, 0)).isEqualTo(2);

            clock.step(Duration.ofMillis(1));

            assertThat(events(journal, 0)).isZero();
            assertThat(journal.forgottenForRoom()).isZero();
        }

        @Test
        void calls_without_further_events_make_room() {
            open(journal, 0, room());
            clock.step(Duration.ofHours(25));

            open(journal, room(), 2 * room());

            assertThat(remembered(journal, room(), 2 * room())).isEqualTo(room());
            assertThat(journal.forgottenForRoom()).isZero();
        }
    }

    @Test
    void many_threads_lose_no_event() throws InterruptedException, ExecutionException {
        TaskJournal journal = journal(new RecordingQueue());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                int millis = i;
                all.add(threads.submit(() -> journal.append(event(task(millis % 2), EventType.TASK_CREATED, millis))));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(events(journal, 0)).isEqualTo(200);
        assertThat(events(journal, 1)).isEqualTo(200);
    }

    @Test
    void the_default_capacity_is_what_a_quarter_of_the_heap_takes() {
        long bytesPerCall = 4096;
        int capacity = InMemoryTaskJournal.defaultCapacity();

        assertThat(capacity).isPositive().isLessThanOrEqualTo(1_000_000);
        assertThat(capacity * bytesPerCall)
                .isLessThanOrEqualTo(Runtime.getRuntime().maxMemory() / 4);
    }
}
