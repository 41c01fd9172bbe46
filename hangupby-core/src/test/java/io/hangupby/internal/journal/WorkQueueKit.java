package io.hangupby.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.internal.event.Events;
import io.hangupby.internal.processing.AccountDispatcher;
import io.hangupby.journal.ParkedTask;
import io.hangupby.testing.CapturedLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every queue keeps to, wherever it keeps its tasks. */
public abstract class WorkQueueKit {
    static final TaskRef TASK = Events.task(1);
    static final TaskRef ANOTHER = Events.task(2);
    static final TaskRef A_THIRD = Events.task(3);
    static final Duration TWO_SECONDS = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofHours(1);

    /** What the next runs of the work end with; after that, all is done. */
    final Deque<WorkResult> steps = new ArrayDeque<>();

    /** The runs of the work so far. */
    final List<String> runs = new ArrayList<>();

    private WorkHandler work = (task, turn) -> steps.isEmpty() ? new WorkResult.Complete() : steps.removeFirst();
    private Runnable meanwhile = () -> {};
    private Runnable whenParked = () -> {};
    private boolean underWay;

    /** Returns the queue that is tested, the same one for one test; empty and not started at first. */
    protected abstract WorkQueue queue();

    /**
     * Lets so much time pass, and returns once everything is worked on that is due by then. Called by the work itself, it
     * works on what else is due.
     */
    protected abstract void goOn(Duration time);

    /** Returns the queue's clock. */
    protected abstract Clock clock();

    /** Returns what time it is for the queue. */
    protected final Instant now() {
        return clock().instant();
    }

    @BeforeEach
    final void start_the_queue() {
        queue().start(new Worker());
    }

    private final class Worker implements WorkHandler {
        @Override
        public WorkResult work(TaskRef task, int turn) {
            assertIdle(task);
            runs.add(run(task, turn));
            underWay = true;
            try {
                meanwhile.run();
            } finally {
                underWay = false;
            }
            return work.work(task, turn);
        }

        @Override
        public void parked(TaskRef task, String reason) {
            assertIdle(task);
            underWay = true;
            try {
                whenParked.run();
            } finally {
                underWay = false;
            }
            work.parked(task, reason);
        }

        private void assertIdle(TaskRef task) {
            assertThat(underWay && runs.get(runs.size() - 1).startsWith(task.toString()))
                    .as("%s is worked on twice at a time", task)
                    .isFalse();
        }
    }

    final void workOn() {
        goOn(Duration.ZERO);
    }

    static String run(TaskRef task, int turn) {
        return task + " turn " + turn;
    }

    /** Does something during the next run only. */
    final void meanwhile(Runnable once) {
        meanwhile = () -> {
            meanwhile = () -> {};
            once.run();
        };
    }

    @Nested
    class WhenWoken {

        @Test
        void a_task_is_due_and_not_worked_on_by_the_one_who_wakes_it() {
            queue().wake(TASK);

            assertThat(runs).isEmpty();
            assertThat(queue().size()).isEqualTo(1);
        }

        @Test
        void a_task_is_worked_on_once_and_is_done_with() {
            queue().wake(TASK);
            goOn(LONG);

            assertThat(runs).containsExactly(run(TASK, 0));
            assertThat(queue().size()).isZero();
        }

        @Test
        void a_task_that_is_due_already_is_worked_on_once() {
            queue().wake(TASK);
            queue().wake(TASK);
            workOn();

            assertThat(runs).containsExactly(run(TASK, 0));
        }

        @Test
        void a_task_that_was_done_with_is_worked_on_again_from_the_first_turn() {
            queue().wake(TASK);
            workOn();
            queue().wake(TASK);
            workOn();

            assertThat(runs).containsExactly(run(TASK, 0), run(TASK, 0));
        }

        @Test
        void tasks_do_not_wait_for_each_other() {
            steps.add(new WorkResult.RetryIn(TWO_SECONDS));
            steps.add(new WorkResult.RetryIn(TWO_SECONDS));
            queue().wake(TASK);
            queue().wake(ANOTHER);
            workOn();

            assertThat(runs).containsExactlyInAnyOrder(run(TASK, 0), run(ANOTHER, 0));
            assertThat(queue().size()).isEqualTo(2);
        }
    }

    @Nested
    class WhenWokenWhileRunning {

        @Test
        void a_task_is_not_worked_on_twice_at_a_time_but_once_more_at_once() {
            List<String> runsMeanwhile = new ArrayList<>();
            meanwhile(() -> {
                queue().wake(TASK);
                workOn();
                runsMeanwhile.addAll(runs);
            });
            queue().wake(TASK);
            workOn();

            assertThat(runsMeanwhile).containsExactly(run(TASK, 0));
            assertThat(runs).containsExactly(run(TASK, 0), run(TASK, 0));
            assertThat(queue().size()).isZero();
        }

        @Test
        void several_wakes_make_one_more_run() {
            meanwhile(() -> {
                queue().wake(TASK);
                queue().wake(TASK);
            });
            queue().wake(TASK);
            workOn();

            assertThat(runs).hasSize(2);
        }

        @Test
        void it_is_not_waited_for_what_the_run_wanted_to_wait_for() {
            meanwhile(() -> queue().wake(TASK));
            steps.add(new WorkResult.RetryIn(TWO_SECONDS));
            queue().wake(TASK);
            workOn();

            assertThat(runs).containsExactly(run(TASK, 0), run(TASK, 1));
            assertThat(queue().size()).isZero();
        }

        @Test
        void a_task_that_was_to_be_parked_is_tried_again_instead() {
            meanwhile(() -> queue().wake(TASK));
            steps.add(new WorkResult.Park("no access"));
            queue().wake(TASK);
            workOn();

            assertThat(runs).containsExactly(run(TASK, 0), run(TASK, 0));
            assertThat(queue().parked(10)).isEmpty();
        }

        @Test
        void turns_are_counted_from_the_start_after_it_was_done_with() {
            steps.add(new WorkResult.RetryIn(TWO_SECONDS));
            queue().wake(TASK);
            workOn();
            meanwhile(() -> queue().wake(TASK));
            goOn(TWO_SECONDS);

            assertThat(runs).containsExactly(run(TASK, 0), run(TASK, 1), run(TASK, 0));
        }
    }

    @Nested
    class WhenThereIsMoreToDoLater {

        @Test
        void it_waits_so_long_and_counts_the_turns() {
            steps.add(new WorkResult.RetryIn(TWO_SECONDS));
            steps.add(new WorkResult.RetryIn(TWO_SECONDS));
            queue().wake(TASK);
            workOn();
            goOn(TWO_SECONDS.minusMillis(1));
            assertThat(runs).containsExactly(run(TASK, 0));
            assertThat(queue().size()).isEqualTo(1);

            goOn(Duration.ofMillis(1));
            assertThat(runs).containsExactly(run(TASK, 0), run(TASK, 1));
            assertThat(queue().size()).isEqualTo(1);

            goOn(TWO_SECONDS);
            assertThat(runs).containsExactly(run(TASK, 0), run(TASK, 1), run(TASK, 2));
            assertThat(queue().size()).isZero();
        }

        @Test
        void a_wake_makes_it_due_now_and_only_once() {
            steps.add(new WorkResult.RetryIn(TWO_SECONDS));
            queue().wake(TASK);
            workOn();

            queue().wake(TASK);
            workOn();
            assertThat(runs).containsExactly(run(TASK, 0), run(TASK, 1));

            goOn(LONG);
            assertThat(runs).containsExactly(run(TASK, 0), run(TASK, 1));
        }
    }

    @Nested
    class WhenParked {

        private void park(TaskRef task, String reason) {
            steps.add(new WorkResult.Park(reason));
            queue().wake(task);
            workOn();
            runs.clear();
        }

        @Test
        void a_task_is_left_alone_and_listed_with_time_and_reason() {
            goOn(TWO_SECONDS);
            park(TASK, "no access");
            Instant then = now();
            goOn(LONG);

            assertThat(runs).isEmpty();
            assertThat(queue().size()).isZero();
            assertThat(queue().parkedCount()).isEqualTo(1);
            assertThat(queue().parked(10)).singleElement().satisfies(parked -> {
                assertThat(parked.task()).isEqualTo(TASK);
                assertThat(parked.reason()).isEqualTo("no access");
                assertThat(parked.since()).isCloseTo(then, within(1, ChronoUnit.MILLIS));
            });
        }

        @Test
        void the_longest_parked_come_first_and_no_more_than_asked_for() {
            park(ANOTHER, "first");
            goOn(TWO_SECONDS);
            park(A_THIRD, "second");
            goOn(TWO_SECONDS);
            park(TASK, "third");

            assertThat(queue().parked(10)).extracting(ParkedTask::task).containsExactly(ANOTHER, A_THIRD, TASK);
            assertThat(queue().parked(2)).extracting(ParkedTask::task).containsExactly(ANOTHER, A_THIRD);
            assertThat(queue().parkedCount()).isEqualTo(3);
        }

        @Test
        void a_task_that_is_parked_again_is_there_once_with_its_last_reason_and_time() {
            park(TASK, "first");
            goOn(TWO_SECONDS);
            park(ANOTHER, "second");
            goOn(TWO_SECONDS);
            park(TASK, "third");

            assertThat(queue().parked(10)).extracting(ParkedTask::reason).containsExactly("second", "third");
            assertThat(queue().parked(10).get(1).since()).isCloseTo(now(), within(1, ChronoUnit.MILLIS));
        }

        @Test
        void it_can_be_retried_and_is_worked_on_from_the_first_turn() {
            steps.add(new WorkResult.RetryIn(TWO_SECONDS));
            queue().wake(TASK);
            workOn();
            steps.add(new WorkResult.Park("no access"));
            goOn(TWO_SECONDS);
            runs.clear();

            assertThat(queue().retryParked(TASK)).isTrue();
            assertThat(queue().parked(10)).isEmpty();
            assertThat(queue().size()).isEqualTo(1);
            workOn();

            assertThat(runs).containsExactly(run(TASK, 0));
            assertThat(queue().size()).isZero();
        }

        @Test
        void it_can_be_retried_by_the_handler_once_that_is_notified() {
            List<Boolean> retried = new ArrayList<>();
            whenParked = () -> {
                whenParked = () -> {};
                assertThat(queue().parked(10)).extracting(ParkedTask::task).containsExactly(TASK);
                retried.add(queue().retryParked(TASK));
                assertThat(queue().parked(10)).isEmpty();
                workOn();
            };
            steps.add(new WorkResult.Park("no access"));
            queue().wake(TASK);
            workOn();
            workOn();

            assertThat(retried).containsExactly(true);
            assertThat(runs).containsExactly(run(TASK, 0), run(TASK, 0));
            assertThat(queue().size()).isZero();
            assertThat(queue().parkedCount()).isZero();
        }

        @Test
        void a_handler_that_throws_leaves_it_parked() {
            whenParked = () -> {
                throw new IllegalStateException("a bug");
            };
            try (CapturedLog quiet = new CapturedLog()) {
                park(TASK, "no access");
                assertThat(quiet.text()).contains(TASK.toString(), "a bug");
            }

            assertThat(queue().parked(10)).extracting(ParkedTask::reason).containsExactly("no access");
            assertThat(queue().size()).isZero();
        }

        @Test
        void nothing_is_retried_that_is_not_parked() {
            steps.add(new WorkResult.RetryIn(TWO_SECONDS));
            queue().wake(TASK);
            workOn();

            assertThat(queue().retryParked(TASK)).isFalse();
            assertThat(queue().retryParked(ANOTHER)).isFalse();
            workOn();

            assertThat(runs).containsExactly(run(TASK, 0));
        }

        @Test
        void only_that_task_is_retried() {
            park(TASK, "no access");
            park(ANOTHER, "no access");

            assertThat(queue().retryParked(TASK)).isTrue();
            assertThat(queue().retryParked(TASK)).isFalse();
            workOn();

            assertThat(runs).containsExactly(run(TASK, 0));
            assertThat(queue().parked(10)).extracting(ParkedTask::task).containsExactly(ANOTHER);
        }

        @Test
        void a_wake_makes_it_due_too() {
            park(TASK, "no access");

            queue().wake(TASK);
            assertThat(queue().parked(10)).isEmpty();
            workOn();

            assertThat(runs).containsExactly(run(TASK, 0));
            assertThat(queue().parkedCount()).isZero();
        }

        @Test
        void work_that_throws_is_parked_as_well() {
            meanwhile(() -> {
                throw new IllegalStateException("a bug");
            });
            try (CapturedLog quiet = new CapturedLog()) {
                queue().wake(TASK);
                goOn(LONG);
                assertThat(quiet.text()).contains(TASK.toString(), "a bug");
            }

            assertThat(runs).containsExactly(run(TASK, 0));
            assertThat(queue().parked(10))
                    .extracting(ParkedTask::reason)
                    .containsExactly("an error of hangupby itself; see its log");
        }
    }

    @Nested
    class WhenAskedForTheLastChange {

        @Test
        void it_is_when_the_task_was_woken_and_not_when_it_was_to_be_retried_later() {
            steps.add(new WorkResult.RetryIn(TWO_SECONDS));
            steps.add(new WorkResult.RetryIn(TWO_SECONDS));
            assertThat(queue().changedAt(TASK)).isEmpty();
            queue().wake(TASK);
            Instant woken = now();
            goOn(TWO_SECONDS);

            assertThat(runs).hasSize(2);
            assertThat(queue().changedAt(TASK)).contains(woken);

            steps.add(new WorkResult.RetryIn(TWO_SECONDS));
            queue().wake(TASK);
            assertThat(queue().changedAt(TASK)).contains(woken.plus(TWO_SECONDS));
        }

        @Test
        void it_is_when_the_task_was_retried() {
            steps.add(new WorkResult.Park("no access"));
            queue().wake(TASK);
            goOn(LONG);
            steps.add(new WorkResult.RetryIn(TWO_SECONDS));
            queue().retryParked(TASK);

            assertThat(queue().changedAt(TASK)).contains(now());
        }
    }

    /** A queue of several nodes gives a task to any of them, also to one that does not know its account. */
    @Nested
    class WhenItsAccountIsUnknown {
        private static final Duration GIVEN_UP_AFTER = Duration.ofMinutes(10);
        private static final Duration A_TURN = Duration.ofSeconds(10);
        private final List<String> reasons = new ArrayList<>();

        private WorkHandler node(Map<AccountSid, WorkHandler> accounts) {
            HangUpByListener listener = new HangUpByListener() {
                @Override
                public void onParked(TaskRef task, String reason) {
                    reasons.add(reason);
                }
            };
            return new AccountDispatcher(accounts, 1, queue(), listener, clock());
        }

        private void assertParked() {
            assertThat(queue().size()).isZero();
            assertThat(queue().parked(10)).extracting(ParkedTask::reason).containsExactly(reasons.get(0));
            assertThat(reasons)
                    .last()
                    .isEqualTo("no node that has account AC" + "0".repeat(32)
                            + " took it in 10 minutes; configure the account on a node, then call retryParked");
        }

        @Test
        void it_is_parked_once_a_value_can_be_of_no_use_any_more() {
            work = node(Map.of());
            queue().wake(TASK);
            goOn(GIVEN_UP_AFTER);
            assertThat(queue().parked(10)).isEmpty();

            try (CapturedLog log = new CapturedLog()) {
                goOn(A_TURN);
                assertParked();
                assertThat(log.warnings()).containsExactly("task " + TASK + ": parked, " + reasons.get(0));
            }
        }

        @Test
        void it_waits_as_long_again_when_it_is_retried() {
            work = node(Map.of());
            queue().wake(TASK);
            goOn(GIVEN_UP_AFTER.plus(A_TURN));
            queue().retryParked(TASK);
            goOn(GIVEN_UP_AFTER);
            assertThat(queue().size()).isEqualTo(1);

            goOn(A_TURN);
            assertThat(reasons).hasSize(2);
            assertParked();
        }

        @Test
        void it_is_left_to_a_node_that_knows_it() {
            WorkHandler old = node(Map.of());
            WorkHandler renewed = node(Map.of(TASK.account(), (task, turn) -> new WorkResult.Complete()));
            work = (task, turn) -> (turn < 58 ? old : renewed).work(task, turn);
            queue().wake(TASK);
            goOn(LONG);

            assertThat(runs).hasSize(59);
            assertThat(queue().size()).isZero();
            assertThat(reasons).isEmpty();
        }

        @Test
        void it_is_not_parked_at_once_by_the_node_that_happens_to_start_first() {
            work = (task, turn) -> new WorkResult.RetryIn(LONG);
            queue().wake(TASK);
            goOn(Duration.ofMinutes(59));
            work = node(Map.of());
            goOn(Duration.ofMinutes(1));
            goOn(GIVEN_UP_AFTER);
            assertThat(queue().size()).isEqualTo(1);

            goOn(A_TURN);
            assertParked();
        }
    }

    @Nested
    class WhenStopped {

        @Test
        void nothing_is_left_where_all_is_done() {
            steps.add(new WorkResult.Park("no access"));
            queue().wake(TASK);
            queue().wake(ANOTHER);
            workOn();

            assertThat(queue().stop(Duration.ofMinutes(1))).isEmpty();
        }
    }
}
