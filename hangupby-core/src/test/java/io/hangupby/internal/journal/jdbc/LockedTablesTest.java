package io.hangupby.internal.journal.jdbc;

import static io.hangupby.internal.event.EventType.RESERVATION_WRAPUP;
import static io.hangupby.internal.event.EventType.TASK_CREATED;
import static io.hangupby.internal.event.Events.A;
import static io.hangupby.internal.event.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.hangupby.call.TaskRef;
import io.hangupby.internal.event.Events;
import io.hangupby.internal.journal.SchedulingPolicy;
import io.hangupby.internal.journal.TaskJournal;
import io.hangupby.internal.journal.WorkResult;
import io.hangupby.journal.JournalException;
import io.hangupby.testing.CapturedLog;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another session locks our tables, and a pool is all that there is between us and the server's last connection. */
@Timeout(120)
class LockedTablesTest {
    private static final int REQUESTS = 16;

    /** Two seconds until an append begins, three for attempts, one and a half more for a lock, and what a loaded machine adds. */
    private static final Duration RESPONSE_WITHIN = Duration.ofSeconds(9);

    private final DataSource server = TestDatabases.unpooledPostgres(Map.of());
    private final HikariDataSource pool = TestDatabases.pool(server);
    private final Set<TaskRef> worked = ConcurrentHashMap.newKeySet();
    private final ExecutorService requests = Executors.newFixedThreadPool(REQUESTS);
    private final JdbcStore store = JdbcStore.open(
            pool,
            Optional.empty(),
            false,
            Duration.ofDays(7),
            Clock.systemUTC(),
            Executors.newScheduledThreadPool(4),
            4,
            new SchedulingPolicy(false));
    private final TaskJournal journal = store.journal();

    @AfterEach
    void end() {
        requests.shutdownNow();
        store.queue().stop(Duration.ofSeconds(5));
        pool.close();
    }

    /** The sessions of this test, but for the one that asks and the one that locks. */
    private static int backends(Connection asking) throws SQLException {
        try (Statement statement = asking.createStatement();
                ResultSet found = statement.executeQuery(
                        "select count(*) from pg_stat_activity"
                                + " where application_name = current_setting('application_name') and pid <> pg_backend_pid()")) {
            found.next();
            return found.getInt(1) - 1;
        }
    }

    /** Returns how long an append takes to fail. */
    private Duration turnedAway(int task) {
        long began = System.nanoTime();
        try {
            journal.append(event(Events.task(task), RESERVATION_WRAPUP, A, 1));
        } catch (JournalException notKept) {
            return Duration.ofNanos(System.nanoTime() - began);
        }
        throw new AssertionError("kept, although a table was locked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hangupby_task", "hangupby_event", "hangupby_queue"})
    void take_no_connection_beyond_the_pool_fail_in_time_and_lose_nothing(String table) throws Exception {
        store.queue().start((task, turn) -> {
            worked.add(task);
            return new WorkResult.Complete();
        });
        try (CapturedLog quiet = new CapturedLog();
                Connection asking = server.getConnection();
                Connection other = server.getConnection()) {
            other.setAutoCommit(false);
            try (Statement lock = other.createStatement()) {
                lock.execute("lock table " + table + " in access exclusive mode");
            }
            List<Future<List<Duration>>> attempts = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                int task = i;
                attempts.add(requests.submit(() -> List.of(turnedAway(task), turnedAway(task))));
            }
            int most = 0;
            for (Future<List<Duration>> attempt : attempts) {
                while (!isDone(attempt)) {
                    most = Math.max(most, backends(asking));
                }
                assertThat(attempt.get())
                        .hasSize(2)
                        .allSatisfy(took -> assertThat(took).isLessThan(RESPONSE_WITHIN));
            }
            assertThat(most).isBetween(1, TestDatabases.POOL);

            other.rollback();
            long began = System.nanoTime();
            for (int i = 0; i < REQUESTS; i++) {
                journal.append(event(Events.task(i), RESERVATION_WRAPUP, A, 1));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(RESPONSE_WITHIN);
            assertThat(quiet.warnings()).isEmpty();
        }
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(journal.read(Events.task(i)).timeline().events()).hasSize(1);
        }
        awaitWork();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hangupby_task", "hangupby_event", "hangupby_queue"})
    void leave_the_application_a_connection_of_a_pool_of_ten(String table) throws Exception {
        pool.setMaximumPoolSize(10);
        fill(pool, 10);
        try (CapturedLog quiet = new CapturedLog();
                Connection other = server.getConnection()) {
            store.queue().start((task, turn) -> {
                journal.read(task);
                return new WorkResult.Complete();
            });
            other.setAutoCommit(false);
            try (Statement lock = other.createStatement()) {
                lock.execute("lock table " + table + " in access exclusive mode");
            }
            List<Future<?>> asked = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                int task = i;
                asked.add(requests.submit(() -> {
                    if (task % 2 == 0) {
                        turnedAway(task);
                    } else {
                        tryTo(() -> store.queue().wake(Events.task(task)));
                    }
                }));
            }
            while (asked.stream().anyMatch(one -> !one.isDone())) {
                long began = System.nanoTime();
                try (Connection application = pool.getConnection()) {
                    assertThat(application.isValid(1)).isTrue();
                }
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
                isDone(asked.get(REQUESTS - 1));
            }
            other.rollback();
            assertThat(quiet.warnings()).isEmpty();
        }
    }

    /** To make connections takes time of its own. */
    private static void fill(DataSource pool, int connections) throws SQLException {
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            all.add(pool.getConnection());
        }
        for (Connection connection : all) {
            connection.close();
        }
    }

    private static void tryTo(Runnable work) {
        try {
            work.run();
        } catch (JournalException locked) {
            // As it has to be.
        }
    }

    private static boolean isDone(Future<?> attempt) throws Exception {
        try {
            attempt.get(50, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        }
    }

    private void awaitWork() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (worked.size() < REQUESTS) {
            assertThat(System.nanoTime()).as("worked on %d", worked.size()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** An index that is there would be waited for as long as somebody writes: "if not exists" looks after it has the lock. */
    @Test
    void or_written_into_do_not_keep_an_application_from_starting() throws Exception {
        try (Connection other = server.getConnection()) {
            other.setAutoCommit(false);
            try (Statement lock = other.createStatement()) {
                lock.execute("lock table hangupby_task, hangupby_event, hangupby_queue in row exclusive mode");
            }

            JdbcStore another = JdbcStore.open(
                    pool,
                    Optional.empty(),
                    true,
                    Duration.ofDays(7),
                    Clock.systemUTC(),
                    Executors.newScheduledThreadPool(1),
                    1,
                    new SchedulingPolicy(false));

            assertThat(another.queue().size()).isZero();
            other.rollback();
        }
    }

    @Test
    void what_is_created_has_no_limits_of_ours() throws Exception {
        String limit = new TransactionManager(pool).inLongTransaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                return text(statement, "show lock_timeout") + text(statement, "show statement_timeout");
            }
        });

        assertThat(limit).isEqualTo("00");
    }

    @Test
    void and_sessions_are_given_back_as_they_were() throws Exception {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout = 77; set statement_timeout = 88");
            connection.setNetworkTimeout(Runnable::run, 60_000);
        }
        pool.setMaximumPoolSize(1);
        journal.append(event(Events.task(0), TASK_CREATED, 0));
        try (Connection connection = new SchedulerDataSource(new TransactionManager(pool)).getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(text(statement, "show lock_timeout")).isEqualTo("1500ms");
            assertThat(text(statement, "show statement_timeout")).isEqualTo("2s");
            connection.commit();
        }

        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(text(statement, "show lock_timeout")).isEqualTo("77ms");
            assertThat(text(statement, "show statement_timeout")).isEqualTo("88ms");
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    @Test
    void and_so_are_those_of_h2() throws Exception {
        DataSource h2 = TestDatabases.h2();
        try (Connection connection = h2.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout 77");
            try (LentConnection lent =
                            LentConnection.of(new ApplicationDataSource(HandsOut.first(List.of(connection), h2)));
                    Statement limited = lent.connection().createStatement()) {
                assertThat(text(limited, "select lock_timeout()")).isEqualTo("1500");
            }

            assertThat(text(statement, "select lock_timeout()")).isEqualTo("77");
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet found = statement.executeQuery(query)) {
            found.next();
            return found.getString(1);
        }
    }
}
