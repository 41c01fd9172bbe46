package io.hangupby.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.hangupby.call.TaskRef;
import io.hangupby.event.Events;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(30)
class InMemoryCallQueueTest {
    private static final TaskRef TASK = Events.task(1);
    private static final TaskRef ANOTHER = Events.task(2);
    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    private final SteppedExecutor executor = new SteppedExecutor();
    private final InMemoryCallQueue queue = new InMemoryCallQueue(executor);
    private final Deque<Step> steps = new ArrayDeque<>();
    private final List<String> runs = new ArrayList<>();
    private Runnable meanwhile = () -> {};

    @BeforeEach
    void start() {
        queue.start((task, turn) -> {
            runs.add(task + " turn " + turn);
            meanwhile.run();
            return steps.isEmpty() ? new Step.Done() : steps.removeFirst();
        });
    }

    private static String run(TaskRef task, int turn) {
        return task + " turn " + turn;
    }

    /** Does something during the next run only. */
    private void meanwhile(Runnable once) {
        meanwhile = () -> {
            meanwhile = () -> {};
            once.run();
        };
    }

    @Nested
    class WhenWoken {

        @Test
        void a_task_is_due_at_once_and_not_worked_on_by_the_one_who_wakes_it() {
            queue.wake(TASK);

            assertThat(runs).isEmpty();
            assertThat(executor.waits()).containsExactly(0L);
            assertThat(queue.size()).isEqualTo(1);
        }

        @Test
        void a_task_is_worked_on_once_and_is_done_with() {
            queue.wake(TASK);
            executor.run();

            assertThat(runs).containsExactly(run(TASK, 0));
            assertThat(queue.size()).isZero();
            assertThat(executor.waits()).isEmpty();
        }

        @Test
        void a_task_that_is_due_already_is_worked_on_once() {
            queue.wake(TASK);
            queue.wake(TASK);
            executor.run();

            assertThat(runs).containsExactly(run(TASK, 0));
        }

        @Test
        void a_task_that_was_done_with_is_worked_on_again_from_the_first_turn() {
            queue.wake(TASK);
            executor.run();
            queue.wake(TASK);
            executor.run();

            assertThat(runs).containsExactly(run(TASK, 0), run(TASK, 0));
        }

        @Test
        void tasks_do_not_wait_for_each_other() {
            steps.add(new Step.Later(TWO_SECONDS));
            queue.wake(TASK);
            queue.wake(ANOTHER);
            executor.run();

            assertThat(runs).containsExactly(run(TASK, 0), run(ANOTHER, 0));
            assertThat(queue.size()).isEqualTo(1);
        }

        @Test
        void before_it_was_started_there_is_nothing_to_do() {
            InMemoryCallQueue early = new InMemoryCallQueue(executor);

            early.wake(TASK);
            executor.run();

            assertThat(early.size()).isZero();
        }
    }

    @Nested
    class WhenWokenWhileRunning {

        @Test
        void a_task_is_not_worked_on_twice_at_a_time_but_again_at_once() {
            List<Integer> dueMeanwhile = new ArrayList<>();
            meanwhile(() -> {
                queue.wake(TASK);
                dueMeanwhile.add(executor.waits().size());
            });
            queue.wake(TASK);
            executor.run();

            assertThat(dueMeanwhile).containsExactly(0);
            assertThat(runs).containsExactly(run(TASK, 0), run(TASK, 0));
            assertThat(queue.size()).isZero();
        }

        @Test
        void it_is_not_waited_for_what_the_run_wanted_to_wait_for() {
            meanwhile(() -> queue.wake(TASK));
            steps.add(new Step.Later(TWO_SECONDS));
            queue.wake(TASK);
            executor.run();

            assertThat(runs).containsExactly(run(TASK, 0), run(TASK, 1));
            assertThat(executor.waits()).isEmpty();
        }

        @Test
        void a_task_that_was_parked_is_tried_again() {
            meanwhile(() -> queue.wake(TASK));
            steps.add(new Step.Parked("no access"));
            queue.wake(TASK);
            executor.run();

            assertThat(runs).containsExactly(run(TASK, 0), run(TASK, 0));
        }

        @Test
        void turns_are_counted_from_the_start_after_it_was_done_with() {
            steps.add(new Step.Later(TWO_SECONDS));
            queue.wake(TASK);
            executor.run();
            meanwhile(() -> queue.wake(TASK));
            executor.goOn(TWO_SECONDS);

            assertThat(runs).containsExactly(run(TASK, 0), run(TASK, 1), run(TASK, 0));
        }

        @Test
        void several_wakes_make_one_more_run() {
            meanwhile(() -> {
                queue.wake(TASK);
                queue.wake(TASK);
            });
            queue.wake(TASK);
            executor.run();

            assertThat(runs).hasSize(2);
        }
    }

    @Nested
    class WhenThereIsMoreToDoLater {

        @Test
        void it_waits_so_long_and_counts_the_turns() {
            steps.add(new Step.Later(Duration.ofMillis(250)));
            steps.add(new Step.Later(TWO_SECONDS));
            queue.wake(TASK);
            executor.run();
            assertThat(executor.waits()).containsExactly(250L);

            executor.goOn(Duration.ofMillis(249));
            assertThat(runs).containsExactly(run(TASK, 0));

            executor.goOn(Duration.ofMillis(1));
            assertThat(runs).containsExactly(run(TASK, 0), run(TASK, 1));
            assertThat(executor.waits()).containsExactly(2000L);
            assertThat(queue.size()).isEqualTo(1);

            executor.goOn(TWO_SECONDS);
            assertThat(runs).containsExactly(run(TASK, 0), run(TASK, 1), run(TASK, 2));
            assertThat(queue.size()).isZero();
        }

        @Test
        void a_wake_makes_it_due_now_and_only_once() {
            steps.add(new Step.Later(TWO_SECONDS));
            queue.wake(TASK);
            executor.run();

            queue.wake(TASK);
            assertThat(executor.waits()).containsExactly(0L);
            executor.goOn(Duration.ofSeconds(10));

            assertThat(runs).containsExactly(run(TASK, 0), run(TASK, 1));
        }
    }

    @Nested
    class WhenTheWorkFails {
        private final Logger log = (Logger) LoggerFactory.getLogger(InMemoryCallQueue.class);
        private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

        @Test
        void the_task_is_parked_and_the_fault_is_logged() {
            IllegalStateException bug = new IllegalStateException("a bug");
            meanwhile(() -> {
                throw bug;
            });
            logged.start();
            boolean additive = log.isAdditive();
            Level level = log.getLevel();
            log.setLevel(Level.ERROR);
            log.setAdditive(false);
            log.addAppender(logged);
            try {
                queue.wake(TASK);
                executor.run();
            } finally {
                log.detachAppender(logged);
                log.setAdditive(additive);
                log.setLevel(level);
            }

            assertThat(runs).containsExactly(run(TASK, 0));
            assertThat(queue.size()).isZero();
            assertThat(logged.list).singleElement().satisfies(line -> {
                assertThat(line.getLevel()).isEqualTo(Level.ERROR);
                assertThat(line.getFormattedMessage()).isEqualTo("task " + TASK + ": working on it failed");
                assertThat(line.getThrowableProxy().getMessage()).isEqualTo("a bug");
            });
        }

        @Test
        void a_parked_task_is_left_until_it_is_woken() {
            steps.add(new Step.Parked("no access"));
            queue.wake(TASK);
            executor.goOn(Duration.ofHours(1));
            assertThat(runs).hasSize(1);
            assertThat(queue.size()).isZero();

            queue.wake(TASK);
            executor.run();
            assertThat(runs).containsExactly(run(TASK, 0), run(TASK, 0));
        }
    }

    @Nested
    class WhenStopped {

        @Test
        void nothing_is_left_where_all_is_done() {
            queue.wake(TASK);
            executor.run();

            assertThat(queue.stop(Duration.ofMinutes(1))).isEmpty();
        }

        @Test
        void what_is_left_when_the_time_is_up_is_told() {
            steps.add(new Step.Later(TWO_SECONDS));
            queue.wake(TASK);
            executor.run();
            queue.wake(ANOTHER);

            assertThat(queue.stop(Duration.ofMillis(20))).containsExactlyInAnyOrder(TASK, ANOTHER);
            assertThat(queue.stop(Duration.ZERO)).containsExactlyInAnyOrder(TASK, ANOTHER);
        }

        @Test
        void new_tasks_are_refused() {
            queue.stop(Duration.ZERO);

            assertThatExceptionOfType(JournalException.class)
                    .isThrownBy(() -> queue.wake(TASK))
                    .withMessage("hangupby is shutting down");
            assertThat(queue.size()).isZero();
        }

        @Test
        void tasks_that_it_has_are_still_worked_on() {
            steps.add(new Step.Later(TWO_SECONDS));
            queue.wake(TASK);
            executor.run();
            queue.stop(Duration.ZERO);

            assertThatNoException().isThrownBy(() -> queue.wake(TASK));
            executor.run();

            assertThat(runs).containsExactly(run(TASK, 0), run(TASK, 1));
        }

        @Test
        void it_waits_until_all_is_done() throws Exception {
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

            executor.run();

            assertThat(stop.get(20, TimeUnit.SECONDS)).isEmpty();
            assertThat(runs).containsExactly(run(TASK, 0), run(ANOTHER, 0));
        }

        @Test
        void an_interrupt_ends_the_waiting_and_is_passed_on() {
            queue.wake(TASK);
            Thread.currentThread().interrupt();

            assertThat(queue.stop(Duration.ofMinutes(5))).containsExactly(TASK);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
