package io.hangupby.internal.journal.jdbc;

import static io.hangupby.internal.event.EventType.TASK_CREATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.TaskRef;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.Events;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which events are stored together, with a database that takes as long as the test says. */
@Timeout(60)
class GroupedAppendsTest {
    private static final TaskRef LOCKED = Events.task(0);

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch unlocked = new CountDownLatch(1);
    private final ExecutorService requests = Executors.newCachedThreadPool();
    private final GroupedAppends appends =
            new GroupedAppends(new TransactionManager(TestDatabases.h2()), new WaitsForALock(), Clock.systemUTC());

    @AfterEach
    void end() {
        unlocked.countDown();
        requests.shutdown();
    }

    private Optional<Long> append(TaskRef task) {
        return appends.append(Events.event(task, TASK_CREATED, 0));
    }

    @Test
    void a_locked_task_does_not_keep_the_events_of_other_tasks_waiting() throws Exception {
        Future<Optional<Long>> waiting = requests.submit(() -> append(LOCKED));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

        assertThat(append(Events.task(1))).contains(1L);
        assertThat(append(Events.task(2))).contains(1L);

        assertThat(waiting.isDone()).isFalse();
        unlocked.countDown();
        assertThat(waiting.get(30, TimeUnit.SECONDS)).contains(1L);
        assertThat(append(Events.task(3))).contains(1L);
    }

    @Test
    void events_of_many_requests_are_all_stored() throws Exception {
        List<Future<Optional<Long>>> stored = new ArrayList<>();
        for (int task = 1; task <= 50; task++) {
            TaskRef next = Events.task(task);
            stored.add(requests.submit(() -> append(next)));
        }

        for (Future<Optional<Long>> one : stored) {
            assertThat(one.get(30, TimeUnit.SECONDS)).contains(1L);
        }
    }

    /** Stores everything, the locked task only once it is unlocked. */
    private final class WaitsForALock implements GroupStatement {

        @Override
        public Map<Key, Long> store(Connection connection, List<CallEvent> events, Instant now) throws SQLException {
            Map<Key, Long> stored = new HashMap<>();
            for (CallEvent event : events) {
                if (event.task().equals(LOCKED)) {
                    begun.countDown();
                    await();
                }
                stored.put(Key.of(event), 1L);
            }
            return stored;
        }

        private void await() throws SQLException {
            try {
                if (!unlocked.await(30, TimeUnit.SECONDS)) {
                    throw new SQLException("never unlocked");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SQLException(e);
            }
        }
    }
}
