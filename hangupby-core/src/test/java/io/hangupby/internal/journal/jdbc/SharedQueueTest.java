package io.hangupby.internal.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.TaskRef;
import io.hangupby.internal.event.Events;
import io.hangupby.internal.journal.RecurringJob;
import io.hangupby.internal.journal.SchedulingPolicy;
import io.hangupby.internal.journal.WorkQueue;
import io.hangupby.internal.journal.WorkResult;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two nodes, each with its threads, on one database of each product. */
@Timeout(60)
@ParameterizedClass
@EnumSource(Product.class)
class SharedQueueTest {
    private static final int TASKS = 40;
    private static final int WAKES = 5;

    private final DataSource source;
    private final List<WorkQueue> nodes;
    private final Object lock = new Object();
    private final Map<TaskRef, Integer> woken = new HashMap<>();
    private final Map<TaskRef, Integer> seen = new HashMap<>();
    private final Set<TaskRef> atWork = new HashSet<>();
    private boolean isAnyWorkedOnTwice;

    SharedQueueTest(Product product) {
        source = TestDatabases.of(product);
        nodes = List.of(node(), node());
    }

    private WorkQueue node() {
        return JdbcStore.open(
                        source,
                        Optional.empty(),
                        false,
                        Duration.ofDays(7),
                        Clock.systemUTC(),
                        Executors.newScheduledThreadPool(4),
                        4,
                        new SchedulingPolicy(false))
                .queue();
    }

    private WorkResult work(TaskRef task) {
        synchronized (lock) {
            isAnyWorkedOnTwice |= !atWork.add(task);
        }
        int now = woken(task);
        synchronized (lock) {
            seen.merge(task, now, Math::max);
            atWork.remove(task);
            lock.notifyAll();
        }
        return new WorkResult.Complete();
    }

    private int woken(TaskRef task) {
        synchronized (lock) {
            return woken.getOrDefault(task, 0);
        }
    }

    private void awaitAllSeen() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        synchronized (lock) {
            while (!seen.equals(woken)) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                assertThat(left).as("tasks seen %s, woken %s", seen, woken).isPositive();
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
                    woken.merge(task, 1, Integer::sum);
                }
                nodes.get((wake + i) % 2).wake(task);
            }
        }

        awaitAllSeen();
        assertThat(isAnyWorkedOnTwice).isFalse();
    }

    @Test
    void a_job_runs_on_one_node_at_a_time() throws Exception {
        AtomicInteger atIt = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(4);
        RecurringJob job = new RecurringJob("test-job", Duration.ofMillis(200), () -> {
            most.accumulateAndGet(atIt.incrementAndGet(), Math::max);
            atIt.decrementAndGet();
            done.countDown();
        });

        nodes.forEach(node -> node.start((task, turn) -> new WorkResult.Complete(), List.of(job)));

        assertThat(done.await(40, TimeUnit.SECONDS)).isTrue();
        assertThat(most.get()).isEqualTo(1);
    }

    @Test
    void what_a_node_left_behind_another_one_finds() throws Exception {
        nodes.get(0).wake(Events.task(1));
        synchronized (lock) {
            woken.put(Events.task(1), 1);
        }

        nodes.get(1).start((task, turn) -> work(task));

        awaitAllSeen();
    }
}
