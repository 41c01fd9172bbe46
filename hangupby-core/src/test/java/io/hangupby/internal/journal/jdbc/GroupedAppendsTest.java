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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that make nothing due, on PostgreSQL. */
@Timeout(60)
class GroupedAppendsTest {
    private static final Tables TABLES = new Tables(Product.POSTGRESQL, Optional.empty());

    private final List<TaskRef> woken = new ArrayList<>();

    private JdbcTaskJournal journal(DataSource source) {
        return new JdbcTaskJournal(
                new TransactionManager(source),
                TABLES,
                new RecordingQueue(woken),
                Clock.systemUTC(),
                new SchedulingPolicy(false));
    }

    private static long revision(DataSource source, TaskRef task) {
        return new TransactionManager(source)
                .inTransaction(connection -> new TaskTable(TABLES).revision(connection, task));
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "extendedForPrepared", "extendedCacheEverything"})
    void an_event_takes_one_round_trip_in_each_mode_of_the_driver(String mode) throws Exception {
        FlightCounter.reset();
        DataSource source = TestDatabases.pool(TestDatabases.unpooledPostgres(
                Map.of("preferQueryMode", mode, "socketFactory", FlightCounter.class.getName())));
        JdbcTaskJournal journal = journal(source);
        for (int i = 0; i < 12; i++) {
            long before = FlightCounter.flights();
            journal.append(event(Events.task(1), RESERVATION_CREATED, A, i));
            if (i > 0 && !mode.equals("simple")) {
                assertThat(FlightCounter.flights() - before).as("event %d", i).isEqualTo(1);
            }
        }

        assertThat(journal.read(Events.task(1)).timeline().events()).hasSize(12);
        assertThat(revision(source, Events.task(1))).isEqualTo(12);
    }

    @Test
    void events_that_wait_are_stored_together_each_with_its_revision() throws Exception {
        DataSource source = TestDatabases.postgres();
        JdbcTaskJournal journal = journal(source);
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
        JdbcTaskJournal journal = journal(TestDatabases.postgres());
        journal.append(event(TASK_CREATED, 0));
        journal.append(event(TASK_CREATED, 0));

        assertThat(journal.read(Events.TASK).timeline().events()).hasSize(1);
    }

    @Test
    void an_event_of_a_task_with_a_verdict_goes_the_long_way_which_reads_the_verdict() {
        DataSource source = TestDatabases.postgres();
        JdbcTaskJournal journal = journal(source);
        journal.append(event(Events.TASK, RESERVATION_WRAPUP, A, 1));
        TestDatabases.run(source, "update hangupby_task set outcomes = '[ ]'");

        journal.append(event(Events.TASK, RESERVATION_CREATED, A, 2));

        Map<GroupStatement.Key, Long> stored = new TransactionManager(source)
                .inTransaction(connection -> new GroupStatement(TABLES)
                        .store(
                                connection,
                                List.of(event(Events.TASK, RESERVATION_CREATED, A, 3)),
                                Clock.systemUTC().instant()));
        assertThat(stored).isEmpty();
        assertThat(journal.read(Events.TASK).timeline().events()).hasSize(2);
    }

    @Test
    void an_event_that_cannot_be_stored_takes_none_of_its_group_with_it() throws Exception {
        DataSource source = TestDatabases.postgres();
        JdbcTaskJournal journal = journal(source);
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
