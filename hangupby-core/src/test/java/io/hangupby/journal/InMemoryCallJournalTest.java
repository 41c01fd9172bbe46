package io.hangupby.journal;

import static io.hangupby.event.EventType.RESERVATION_ACCEPTED;
import static io.hangupby.event.EventType.TASK_CANCELED;
import static io.hangupby.event.EventType.TASK_CREATED;
import static io.hangupby.event.Events.A;
import static io.hangupby.event.Events.event;
import static io.hangupby.event.Events.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.hangupby.event.EventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InMemoryCallJournalTest extends CallJournalKit {
    private static final int CAPACITY = 3;

    private final SteppedClock clock = new SteppedClock();

    @Override
    protected CallJournal journal(CallQueue queue, WakeRule wakeRule) {
        return new InMemoryCallJournal(queue, clock, CAPACITY, wakeRule);
    }

    private CallJournal journal(CallQueue queue) {
        return journal(queue, new WakeRule(false));
    }

    private static void open(CallJournal journal, int from, int to) {
        for (int i = from; i < to; i++) {
            journal.append(event(task(i), TASK_CREATED, 0));
        }
    }

    private static void end(CallJournal journal, int from, int to) {
        for (int i = from; i < to; i++) {
            journal.append(event(task(i), TASK_CANCELED, 1));
        }
    }

    private static int events(CallJournal journal, int task) {
        return journal.read(task(task)).timeline().events().size();
    }

    @Nested
    class WhenItIsFullOfOpenCalls {
        private final CallJournal journal = journal(new RecordingQueue());

        @Test
        void it_takes_no_further_call_and_says_what_helps() {
            open(journal, 0, CAPACITY);

            assertThatExceptionOfType(JournalException.class)
                    .isThrownBy(() -> open(journal, CAPACITY, CAPACITY + 1))
                    .withMessage("the in-memory journal is full with 3 open calls; "
                            + "give the JVM more heap, or keep the journal in a database");
            assertThat(events(journal, CAPACITY)).isZero();
        }

        @Test
        void it_goes_on_with_the_calls_that_it_has() {
            open(journal, 0, CAPACITY);

            journal.append(event(task(0), RESERVATION_ACCEPTED, A, 1));

            assertThat(events(journal, 0)).isEqualTo(2);
        }

        @Test
        void a_call_that_ends_makes_room_for_one() {
            open(journal, 0, CAPACITY);
            end(journal, 0, 1);

            assertThatNoException().isThrownBy(() -> open(journal, CAPACITY, CAPACITY + 1));
            assertThatExceptionOfType(JournalException.class)
                    .isThrownBy(() -> open(journal, CAPACITY + 1, CAPACITY + 2));
        }

        @Test
        void being_refused_takes_no_room() {
            open(journal, 0, CAPACITY);
            for (int i = 0; i < 10; i++) {
                assertThatExceptionOfType(JournalException.class).isThrownBy(() -> open(journal, CAPACITY, 100));
            }

            end(journal, 0, CAPACITY);

            assertThatNoException().isThrownBy(() -> open(journal, CAPACITY, 2 * CAPACITY));
        }
    }

    @Nested
    class WhenCallsAreFinished {
        private final CallJournal journal = journal(new RecordingQueue());

        @Test
        void they_are_forgotten_first_and_no_open_one_is() {
            open(journal, 0, CAPACITY - 1);
            for (int i = CAPACITY; i < 1000; i++) {
                open(journal, i, i + 1);
                end(journal, i, i + 1);
            }

            long remembered = IntStream.range(CAPACITY, 1000)
                    .filter(i -> events(journal, i) > 0)
                    .count();
            assertThat(remembered).isLessThanOrEqualTo(CAPACITY);
            assertThat(events(journal, 0)).isEqualTo(1);
            assertThat(events(journal, 1)).isEqualTo(1);
        }

        @Test
        void they_take_no_open_calls_room() {
            open(journal, 0, CAPACITY);
            end(journal, 0, CAPACITY);

            assertThatNoException().isThrownBy(() -> open(journal, CAPACITY, 2 * CAPACITY));
        }
    }

    @Nested
    class WhenADayHasPassed {
        private final CallJournal journal = journal(new RecordingQueue());

        @Test
        void a_call_is_forgotten_a_day_after_its_last_event() {
            open(journal, 0, 1);
            clock.goOn(Duration.ofHours(23));
            journal.append(event(task(0), RESERVATION_ACCEPTED, A, 1));
            clock.goOn(Duration.ofHours(24).minusMillis(1));
            assertThat(events(journal, 0)).isEqualTo(2);

            clock.goOn(Duration.ofMillis(1));

            assertThat(events(journal, 0)).isZero();
        }

        @Test
        void calls_of_which_nobody_hears_any_more_make_room() {
            open(journal, 0, CAPACITY);
            clock.goOn(Duration.ofHours(25));

            assertThatNoException().isThrownBy(() -> open(journal, CAPACITY, 2 * CAPACITY));
            assertThatExceptionOfType(JournalException.class)
                    .isThrownBy(() -> open(journal, 2 * CAPACITY, 2 * CAPACITY + 1));
        }

        @Test
        void a_forgotten_call_that_comes_back_takes_room_once() {
            open(journal, 0, CAPACITY);
            clock.goOn(Duration.ofHours(25));

            assertThatNoException().isThrownBy(() -> open(journal, 0, CAPACITY));
            assertThatExceptionOfType(JournalException.class).isThrownBy(() -> open(journal, CAPACITY, CAPACITY + 1));
        }
    }

    @Test
    void many_threads_lose_no_event() throws InterruptedException, ExecutionException {
        CallJournal journal = journal(new RecordingQueue());
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
        int capacity = InMemoryCallJournal.defaultCapacity();

        assertThat(capacity).isPositive().isLessThanOrEqualTo(1_000_000);
        assertThat(2L * capacity * bytesPerCall)
                .isLessThanOrEqualTo(Runtime.getRuntime().maxMemory() / 4);
    }
}
