package io.hangupby.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import io.hangupby.call.TaskRef;
import io.hangupby.internal.event.Events;
import io.hangupby.journal.JournalException;
import io.hangupby.journal.ParkedTask;
import io.hangupby.testing.CapturedLog;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InMemoryWorkQueueTest extends WorkQueueKit {
    private final SteppedExecutor executor = new SteppedExecutor();
    private final InMemoryWorkQueue queue = new InMemoryWorkQueue(executor, executor.clock());

    @Override
    protected WorkQueue queue() {
        return queue;
    }

    @Override
    protected void goOn(Duration time) {
        executor.goOn(time);
    }

    @Override
    protected Clock clock() {
        return executor.clock();
    }

    @Nested
    class Waits {

        @Test
        void are_the_executors() {
            steps.add(new WorkResult.RetryIn(Duration.ofMillis(250)));
            queue.wake(TASK);
            assertThat(executor.waits()).containsExactly(0L);

            workOn();
            assertThat(executor.waits()).containsExactly(250L);

            queue.wake(TASK);
            assertThat(executor.waits()).containsExactly(0L);
        }

        @Test
        void are_none_where_all_is_done_or_parked() {
            steps.add(new WorkResult.Park("no access"));
            queue.wake(TASK);
            queue.wake(ANOTHER);
            workOn();

            assertThat(executor.waits()).isEmpty();
        }

        @Test
        void are_none_before_it_was_started() {
            InMemoryWorkQueue early = new InMemoryWorkQueue(executor, executor.clock());

            early.wake(TASK);
            workOn();

            assertThat(early.size()).isZero();
        }
    }

    @Nested
    class WhenTheProcessEnds {

        @Test
        void what_is_left_when_the_time_is_up_is_told() {
            steps.add(new WorkResult.RetryIn(TWO_SECONDS));
            queue.wake(TASK);
            workOn();
            queue.wake(ANOTHER);

            assertThat(queue.stop(Duration.ofMillis(20))).containsExactlyInAnyOrder(TASK, ANOTHER);
            assertThatNoException().isThrownBy(() -> queue.stop(Duration.ZERO));
        }
    }

    @Nested
    class Log {

        @Test
        void has_the_fault_of_work_that_throws() {
            try (CapturedLog log = new CapturedLog()) {
                meanwhile(() -> {
                    throw new IllegalStateException("a bug");
                });
                queue.wake(TASK);
                workOn();

                assertThat(log.at(Level.ERROR)).containsExactly("task " + TASK + ": working on it failed");
                assertThat(log.text()).contains("IllegalStateException: a bug");
            }
        }

        @Test
        void has_an_error_too_and_the_task_is_parked() {
            try (CapturedLog log = new CapturedLog()) {
                meanwhile(() -> {
                    throw new StackOverflowError();
                });
                queue.wake(TASK);
                workOn();

                assertThat(log.at(Level.ERROR)).containsExactly("task " + TASK + ": working on it failed");
            }
            assertThat(queue.size()).isZero();
            assertThat(queue.parked(1)).extracting(ParkedTask::task).containsExactly(TASK);
        }

        @Test
        void has_what_is_forgotten_when_too_much_is_parked() {
            InMemoryWorkQueue small = new InMemoryWorkQueue(executor, executor.clock(), 100, 2);
            small.start((task, turn) -> new WorkResult.Park("no access"));
            try (CapturedLog log = new CapturedLog()) {
                for (int i = 1; i <= 4; i++) {
                    small.wake(Events.task(i));
                }
                workOn();

                assertThat(log.warnings())
                        .containsExactly(
                                "task " + TASK + ": forgotten, as more than 2 tasks are parked; 1 forgotten so far");
                executor.goOn(Duration.ofSeconds(10));
                small.wake(Events.task(5));
                workOn();

                assertThat(log.warnings())
                        .hasSize(2)
                        .contains(
                                "task " + A_THIRD + ": forgotten, as more than 2 tasks are parked; 3 forgotten so far");
            }
            assertThat(small.parked(10)).extracting(ParkedTask::task).containsExactly(Events.task(4), Events.task(5));
            assertThat(small.retryParked(TASK)).isFalse();
        }
    }

    @Nested
    class WhenMoreIsDueThanThereIsRoomFor {
        private final InMemoryWorkQueue small = new InMemoryWorkQueue(executor, executor.clock(), 2, 10);
        private final List<TaskRef> worked = new ArrayList<>();

        private void wakeFour() {
            for (int i = 1; i <= 4; i++) {
                small.wake(Events.task(i));
            }
        }

        @Test
        void what_was_due_longest_is_parked_and_the_log_has_it_once() {
            small.start((task, turn) -> {
                worked.add(task);
                return new WorkResult.Complete();
            });
            try (CapturedLog log = new CapturedLog()) {
                wakeFour();

                assertThat(log.warnings())
                        .containsExactly("More than 2 tasks are due; those that were due longest are parked, see"
                                + " HangUpBy.parked(). See how Twilio responds. Not said again");
            }
            assertThat(small.size()).isEqualTo(2);
            assertThat(small.parked(10))
                    .extracting(ParkedTask::task, ParkedTask::reason)
                    .containsExactly(
                            tuple(TASK, "more than 2 tasks were due; see why, and put it back"),
                            tuple(ANOTHER, "more than 2 tasks were due; see why, and put it back"));
            workOn();
            assertThat(worked).containsExactly(A_THIRD, Events.task(4));
        }

        @Test
        void each_that_is_parked_is_told_but_what_was_put_back() {
            Map<TaskRef, String> told = new LinkedHashMap<>();
            small.start(new WorkHandler() {
                @Override
                public WorkResult work(TaskRef task, int turn) {
                    return new WorkResult.Complete();
                }

                @Override
                public void parked(TaskRef task, String reason) {
                    told.put(task, reason);
                }
            });
            wakeFour();
            small.retryParked(TASK);
            assertThat(told).isEmpty();
            workOn();

            String reason = "more than 2 tasks were due; see why, and put it back";
            assertThat(told).containsExactly(entry(ANOTHER, reason), entry(A_THIRD, reason));
        }

        @Test
        void it_is_worked_on_once_it_is_put_back() {
            small.start((task, turn) -> {
                worked.add(task);
                return new WorkResult.Complete();
            });
            wakeFour();
            workOn();

            assertThat(small.retryParked(TASK)).isTrue();
            workOn();

            assertThat(worked).containsExactly(A_THIRD, Events.task(4), TASK);
        }

        @Test
        void a_reason_that_is_too_long_is_cut() {
            small.start((task, turn) -> new WorkResult.Park("x".repeat(5000)));
            small.wake(TASK);
            workOn();

            assertThat(small.parked(1)).extracting(ParkedTask::reason).containsExactly("x".repeat(1000));
        }
    }

    @Nested
    class Stopping {

        @Test
        void refuses_new_tasks() {
            steps.add(new WorkResult.Park("no access"));
            queue.wake(ANOTHER);
            workOn();
            queue.stop(Duration.ZERO);

            assertThatExceptionOfType(JournalException.class)
                    .isThrownBy(() -> queue.wake(TASK))
                    .withMessage("hangupby is shutting down");
            assertThatExceptionOfType(JournalException.class)
                    .isThrownBy(() -> queue.retryParked(ANOTHER))
                    .withMessage("hangupby is shutting down");
            assertThat(queue.size()).isZero();
            assertThat(queue.parkedCount()).isEqualTo(1);
        }

        @Test
        void works_on_the_tasks_that_it_has() {
            steps.add(new WorkResult.RetryIn(TWO_SECONDS));
            queue.wake(TASK);
            workOn();
            queue.stop(Duration.ZERO);

            assertThatNoException().isThrownBy(() -> queue.wake(TASK));
            workOn();

            assertThat(runs).containsExactly(run(TASK, 0), run(TASK, 1));
        }

        @Test
        void waits_until_all_is_done() throws Exception {
            queue.wake(TASK);
            queue.wake(ANOTHER);
            CountDownLatch stopping = new CountDownLatch(1);
            FutureTask<List<TaskRef>> stop = new FutureTask<>(() -> {
                stopping.countDown();
                return queue.stop(Duration.ofMinutes(5));
            });
            Thread thread = new Thread(stop);
            thread.start();
            stopping.await();
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }

            workOn();

            assertThat(stop.get(20, TimeUnit.SECONDS)).isEmpty();
            assertThat(runs).containsExactly(run(TASK, 0), run(ANOTHER, 0));
        }

        @Test
        void is_ended_by_an_interrupt_which_is_passed_on() {
            queue.wake(TASK);
            Thread.currentThread().interrupt();

            assertThat(queue.stop(Duration.ofMinutes(5))).containsExactly(TASK);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
