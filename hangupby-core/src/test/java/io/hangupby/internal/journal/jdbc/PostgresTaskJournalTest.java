package io.hangupby.internal.journal.jdbc;

import static io.hangupby.internal.event.EventType.RESERVATION_WRAPUP;
import static io.hangupby.internal.event.EventType.TASK_CREATED;
import static io.hangupby.internal.event.Events.A;
import static io.hangupby.internal.event.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hangupby.call.TaskRef;
import io.hangupby.internal.event.Events;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.journal.SchedulingPolicy;
import io.hangupby.internal.journal.TaskJournal;
import io.hangupby.journal.JournalException;
import io.hangupby.testing.HandClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PostgresTaskJournalTest extends JdbcJournalKit {
    private static final TaskRef TASK = Events.task(0);
    private static final Tables POSTGRES = new Tables(Product.POSTGRESQL, Optional.empty());

    PostgresTaskJournalTest() {
        super(TestDatabases.postgres());
    }

    private static JdbcTaskJournal journal(DataSource source, Clock clock) {
        TransactionManager database = new TransactionManager(source);
        return new JdbcTaskJournal(
                database,
                POSTGRES,
                new JdbcWorkQueue(database, setup(database, clock), clock),
                clock,
                new SchedulingPolicy(false));
    }

    private static SchedulerSetup setup(TransactionManager database, Clock clock) {
        return new SchedulerSetup(database, POSTGRES, clock, Executors.newSingleThreadScheduledExecutor(), 1);
    }

    @Nested
    class OfSeveralNodes {

        @Test
        void events_of_one_new_task_that_come_in_at_once_are_all_kept() throws Exception {
            DataSource source = TestDatabases.postgres();
            List<TaskJournal> nodes = List.of(journal(source, Clock.systemUTC()), journal(source, Clock.systemUTC()));
            ExecutorService requests = Executors.newFixedThreadPool(8);
            for (int task = 0; task < 20; task++) {
                List<TaskRouterEvent> events = new ArrayList<>();
                List<Callable<Void>> appends = new ArrayList<>();
                for (int second = 0; second < 8; second++) {
                    TaskRouterEvent event = event(Events.task(task), RESERVATION_WRAPUP, A, second);
                    TaskJournal node = nodes.get(second % 2);
                    events.add(event);
                    appends.add(() -> {
                        node.append(event);
                        return null;
                    });
                }
                for (Future<Void> append : requests.invokeAll(appends)) {
                    append.get();
                }

                assertThat(nodes.get(0).read(Events.task(task)).timeline().events())
                        .containsExactlyInAnyOrderElementsOf(events);
            }
            requests.shutdown();
        }
    }

    @Nested
    class OfOldCalls {

        @Test
        void forgets_those_without_a_change_for_so_long_and_no_others() {
            HandClock clock = new HandClock(Instant.parse("2026-09-21T14:00:00Z"));
            JdbcTaskJournal journal = journal(TestDatabases.postgres(), clock);
            for (int i = 0; i < 600; i++) {
                journal.append(event(Events.task(i), TASK_CREATED, 0));
            }
            clock.step(Duration.ofDays(7));
            journal.append(event(Events.task(7), RESERVATION_WRAPUP, A, 1));
            clock.step(Duration.ofMillis(1));

            journal.forgetOlderThan(Duration.ofDays(7));

            assertThat(journal.read(Events.task(7)).timeline().events()).hasSize(2);
            assertThat(journal.workspaces(TASK.account())).hasSize(1);
            for (int i = 8; i < 600; i++) {
                assertThat(journal.read(Events.task(i)).timeline().events()).isEmpty();
            }
        }
    }

    @Nested
    class InTrouble {

        @Test
        void says_what_is_wrong_without_what_was_to_be_kept() {
            DataSource source = TestDatabases.emptyPostgres();

            assertThatExceptionOfType(JournalException.class)
                    .isThrownBy(() -> journal(source, Clock.systemUTC()).append(event(TASK, TASK_CREATED, 0)))
                    .withMessage("the database failed (SQL state 42P01, PSQLException); check that it is up and has the"
                            + " tables of hangupby")
                    .withNoCause();
        }

        @Test
        void keeps_nothing_of_an_event_whose_work_could_not_be_scheduled() {
            DataSource source = TestDatabases.postgres();
            TaskJournal journal = journal(source, Clock.systemUTC());
            TestDatabases.run(source, "alter table hangupby_queue rename to elsewhere");

            assertThatExceptionOfType(JournalException.class)
                    .isThrownBy(() -> journal.append(event(TASK, RESERVATION_WRAPUP, A, 1)));

            assertThat(journal.read(TASK).timeline().events()).isEmpty();
            TestDatabases.run(source, "alter table elsewhere rename to hangupby_queue");
            journal.append(event(TASK, RESERVATION_WRAPUP, A, 1));
            assertThat(journal.read(TASK).timeline().events()).hasSize(1);
        }
    }

    @Nested
    class TheTables {

        @Test
        void can_be_created_again_and_lose_nothing() {
            DataSource source = TestDatabases.postgres();
            TaskJournal journal = journal(source, Clock.systemUTC());
            journal.append(event(TASK, TASK_CREATED, 0));

            TestDatabases.run(source, "drop index hangupby_task_parked");

            TransactionManager database = new TransactionManager(source);
            List<String> missing = database.inTransaction(new Schema(POSTGRES)::missing);
            assertThat(missing).singleElement().asString().contains("hangupby_task_parked");
            database.inTransaction(connection -> new Schema(POSTGRES).create(connection, missing));

            assertThat(database.inTransaction(new Schema(POSTGRES)::missing)).isEmpty();
            assertThat(journal.read(TASK).timeline().events()).hasSize(1);
        }

        @Test
        void of_other_databases_there_are_none() {
            assertThatExceptionOfType(JournalException.class)
                    .isThrownBy(() -> Product.of("Oracle"))
                    .withMessage(
                            "there are no tables of hangupby for Oracle; use PostgreSQL or MariaDB, or H2 for trials");
        }
    }
}
