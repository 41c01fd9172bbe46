package io.hangupby.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.TaskRef;
import io.hangupby.event.Events;
import io.hangupby.journal.CallQueue;
import io.hangupby.journal.Chore;
import io.hangupby.journal.Step;
import io.hangupby.journal.WakeRule;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes, each with its threads, on one database. */
@Timeout(60)
class SharedQueueTest {
    private static final int TASKS = 40;
    private static final int WAKES = 5;

    private final DataSource source = TestDatabases.postgres();
    private final List<CallQueue> nodes = List.of(node(), node());
    private final Object lock = new Object();
    private final Map<TaskRef, Integer> told = new HashMap<>();
    private final Map<TaskRef, Integer> seen = new HashMap<>();
    private final Set<TaskRef> atWork = new HashSet<>();
    private boolean isAnyWorkedOnTwice;

    private CallQueue node() {
        return JdbcStore.open(
                        source,
                        false,
                        Duration.ofDays(7),
                        Clock.systemUTC(),
                        Executors.newScheduledThreadPool(4),
                        4,
                        new WakeRule(false))
                .queue();
    }

    private Step work(TaskRef task) {
        synchronized (lock) {
            isAnyWorkedOnTwice |= !atWork.add(task);
        }
        int now = told(task);
        synchronized (lock) {
            seen.merge(task, now, Math::max);
            atWork.remove(task);
            lock.notifyAll();
        }
        return new Step.Done();
    }

    private int told(TaskRef task) {
        synchronized (lock) {
            return told.getOrDefault(task, 0);
        }
    }

    private void awaitAllSeen() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        synchronized (lock) {
            while (!seen.equals(told)) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                assertThat(left).as("tasks seen %s, told %s", seen, told).isPositive();
                lock.wait(left);
            }
        }
    }

    @AfterEach
    void stop() {
        nodes.forEach(node -> node.stop(Duration.ofSeconds(5)));
    }

    @Test
    void a_task_is_worked_on_by_one_node_at_a_time_and_no_wake_is_lost() throws Exception {
        nodes.forEach(node -> node.start((task, turn) -> work(task)));

        for (int wake = 0; wake < WAKES; wake++) {
            for (int i = 0; i < TASKS; i++) {
                TaskRef task = Events.task(i);
                synchronized (lock) {
                    told.merge(task, 1, Integer::sum);
                }
                nodes.get((wake + i) % 2).wake(task);
            }
        }

        awaitAllSeen();
        assertThat(isAnyWorkedOnTwice).isFalse();
    }

    @Test
    void a_chore_is_seen_to_by_one_node_at_a_time() throws Exception {
        AtomicInteger atIt = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(4);
        Chore chore = new Chore("test-chore", Duration.ofMillis(200), () -> {
            most.accumulateAndGet(atIt.incrementAndGet(), Math::max);
            atIt.decrementAndGet();
            done.countDown();
        });

        nodes.forEach(node -> node.start((task, turn) -> new Step.Done(), List.of(chore)));

        assertThat(done.await(40, TimeUnit.SECONDS)).isTrue();
        assertThat(most.get()).isEqualTo(1);
    }

    @Test
    void what_a_node_left_behind_another_one_finds() throws Exception {
        nodes.get(0).wake(Events.task(1));
        synchronized (lock) {
            told.put(Events.task(1), 1);
        }

        nodes.get(1).start((task, turn) -> work(task));

        awaitAllSeen();
    }
}
