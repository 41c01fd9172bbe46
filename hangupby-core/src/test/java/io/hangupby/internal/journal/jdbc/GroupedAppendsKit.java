package io.hangupby.internal.journal.jdbc;

import static io.hangupby.internal.event.EventType.RESERVATION_CREATED;
import static io.hangupby.internal.event.EventType.RESERVATION_WRAPUP;
import static io.hangupby.internal.event.EventType.TASK_CREATED;
import static io.hangupby.internal.event.Events.A;
import static io.hangupby.internal.event.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.TaskRef;
import io.hangupby.internal.event.Events;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.journal.RecordingQueue;
import io.hangupby.internal.journal.SchedulingPolicy;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events that make nothing due, on each database that stores them in one round trip. */
@Timeout(60)
abstract class GroupedAppendsKit {
    private final Tables tables;
    private final DataSource source;
    private final List<TaskRef> woken = new ArrayList<>();

    GroupedAppendsKit(Product product, DataSource source) {
        this.tables = new Tables(product, Optional.empty());
        this.source = source;
    }

    private JdbcTaskJournal journal() {
        return journal(source);
    }

    private JdbcTaskJournal journal(DataSource on) {
        return new JdbcTaskJournal(
                new TransactionManager(on),
                tables,
                new RecordingQueue(woken),
                Clock.systemUTC(),
                new SchedulingPolicy(false));
    }

    private long revision(DataSource on, TaskRef task) {
        return new TransactionManager(on).inTransaction(connection -> new TaskTable(tables).begin(connection, task));
    }

    /** Asserts that one event after another takes one round trip each, on connections whose sockets are counted. */
    final void assertOneRoundTrip(DataSource counted, boolean isOneByOne) {
        JdbcTaskJournal journal = journal(counted);
        for (int i = 0; i < 12; i++) {
            long before = FlightCounter.flights();
            journal.append(event(Events.task(1), RESERVATION_CREATED, A, i));
            if (i > 0 && !isOneByOne) {
                assertThat(FlightCounter.flights() - before).as("event %d", i).isEqualTo(1);
            }
        }

        assertThat(journal.read(Events.task(1)).timeline().events()).hasSize(12);
        assertThat(revision(counted, Events.task(1))).isEqualTo(12);
    }

    @Test
    void events_that_wait_are_stored_together_each_with_its_revision() throws Exception {
        JdbcTaskJournal journal = journal();
        journal.append(event(Events.task(1), TASK_CREATED, 0));
        ExecutorService requests = Executors.newFixedThreadPool(24);
        List<Future<?>> stored = new ArrayList<>();
        try (Connection other = source.getConnection();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("select 1 from hangupby_task for update");
            for (int i = 1; i <= 24; i++) {
                TaskRouterEvent event = event(Events.task(1 + i % 3), RESERVATION_CREATED, A, i);
                stored.add(requests.submit(() -> journal.append(event)));
            }
            other.rollback();
        }
        for (Future<?> event : stored) {
            event.get(30, TimeUnit.SECONDS);
        }

        for (int task = 1; task <= 3; task++) {
            int events = task == 1 ? 9 : 8;
            assertThat(journal.read(Events.task(task)).timeline().events()).hasSize(events);
            assertThat(revision(source, Events.task(task))).isEqualTo(events);
        }
        requests.shutdown();
    }

    @Test
    void a_repeated_event_is_stored_once() {
        JdbcTaskJournal journal = journal();
        journal.append(event(TASK_CREATED, 0));
        journal.append(event(TASK_CREATED, 0));

        assertThat(journal.read(Events.TASK).timeline().events()).hasSize(1);
    }

    @Test
    void an_event_of_a_task_with_a_verdict_goes_the_long_way_which_reads_the_verdict() {
        JdbcTaskJournal journal = journal();
        journal.append(event(Events.TASK, RESERVATION_WRAPUP, A, 1));
        TestDatabases.run(source, "update hangupby_task set outcomes = '[ ]'");

        journal.append(event(Events.TASK, RESERVATION_CREATED, A, 2));

        Map<GroupStatement.Key, Long> stored = new TransactionManager(source)
                .appendOnce(connection -> GroupStatement.of(tables)
                        .orElseThrow()
                        .store(
                                connection,
                                List.of(event(Events.TASK, RESERVATION_CREATED, A, 3)),
                                Clock.systemUTC().instant()))
                .orElseThrow();
        assertThat(stored).isEmpty();
        assertThat(journal.read(Events.TASK).timeline().events()).hasSize(2);
    }

    @Test
    void an_event_that_cannot_be_stored_takes_none_of_its_group_with_it() throws Exception {
        JdbcTaskJournal journal = journal();
        TestDatabases.run(
                source,
                "alter table hangupby_event add constraint odd check (task <> '"
                        + Events.task(3).task() + "')");
        ExecutorService requests = Executors.newFixedThreadPool(8);
        List<Future<?>> stored = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            TaskRouterEvent event = event(Events.task(i), TASK_CREATED, 0);
            stored.add(requests.submit(() -> journal.append(event)));
        }
        for (int i = 1; i <= 8; i++) {
            Future<?> event = stored.get(i - 1);
            if (i == 3) {
                assertThat(event).failsWithin(Duration.ofSeconds(30));
            } else {
                event.get(30, TimeUnit.SECONDS);
                assertThat(journal.read(Events.task(i)).timeline().events()).hasSize(1);
            }
        }
        requests.shutdown();
    }
}
