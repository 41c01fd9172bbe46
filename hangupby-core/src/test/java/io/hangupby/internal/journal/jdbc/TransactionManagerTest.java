package io.hangupby.internal.journal.jdbc;

import static io.hangupby.internal.event.EventType.RESERVATION_WRAPUP;
import static io.hangupby.internal.event.Events.A;
import static io.hangupby.internal.event.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.hangupby.internal.event.Events;
import io.hangupby.internal.journal.SchedulingPolicy;
import io.hangupby.internal.journal.TaskJournal;
import io.hangupby.journal.JournalException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactionManagerTest {

    private static TaskJournal journal(DataSource source) {
        return JdbcStore.open(
                        source,
                        Optional.empty(),
                        false,
                        Duration.ofDays(7),
                        Clock.systemUTC(),
                        Executors.newSingleThreadScheduledExecutor(),
                        1,
                        new SchedulingPolicy(false))
                .journal();
    }

    @ParameterizedTest
    @CsvSource({
        "08006, 12",
        "08001, 12",
        "57P01, 12",
        "57P03, 12",
        "25P02, 12",
        "40001, 12",
        "40P01, 12",
        "55P03, 12",
        "23505, 12",
        "23503, 12",
        "23502, 1",
        "HYT00, 12",
        "42P01, 1",
        "57014, 1",
        "22001, 1",
        "28P01, 1",
        "53300, 1",
        ", 1"
    })
    void only_passing_failures_are_retried_and_a_bounded_number_of_times(String state, int attempts) {
        AtomicInteger made = new AtomicInteger();
        TransactionManager database = new TransactionManager(TestDatabases.h2());
        long began = System.nanoTime();

        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> database.inTransaction(connection -> {
                    made.incrementAndGet();
                    throw new SQLException("canary", state);
                }))
                .withMessageContaining("SQL state " + (state == null ? "unknown" : state))
                .withMessageNotContaining("canary");

        assertThat(made.get()).isEqualTo(attempts);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void what_was_committed_is_not_done_again_because_its_connection_cannot_be_closed() throws Exception {
        DataSource h2 = TestDatabases.h2();
        AtomicInteger made = new AtomicInteger();
        TransactionManager database = new TransactionManager(HandsOut.thatCannotBeClosed(h2));

        int result = database.inTransaction(connection -> made.incrementAndGet());
        assertThat(result).isEqualTo(1);
        assertThat(made.get()).isEqualTo(1);
    }

    @Test
    void an_event_whose_commit_had_no_response_is_stored_once() throws Exception {
        AtomicBoolean isDue = new AtomicBoolean();
        TaskJournal journal = journal(HandsOut.thatLosesTheResponseToACommit(TestDatabases.h2(), isDue));
        isDue.set(true);

        journal.append(event(RESERVATION_WRAPUP, A, 1));

        assertThat(isDue).isFalse();
        assertThat(journal.read(Events.TASK).timeline().events()).containsExactly(event(RESERVATION_WRAPUP, A, 1));
    }

    @Test
    void a_pool_without_a_connection_left_is_named_as_the_cause() throws Exception {
        HikariDataSource pool = TestDatabases.pool(TestDatabases.h2());
        pool.setConnectionTimeout(250);
        pool.setMaximumPoolSize(1);
        TransactionManager database = new TransactionManager(pool);
        try (Connection ofTheApplication = pool.getConnection()) {
            assertThat(ofTheApplication.isValid(1)).isTrue();
            assertThatExceptionOfType(JournalException.class)
                    .isThrownBy(() -> database.append(connection -> true))
                    .withMessage(
                            "the connection pool had no connection left (SQLTransientConnectionException); find what"
                                    + " holds its connections for long, or raise its maximum size");
        }
        pool.close();
    }

    @Test
    void the_connection_of_a_callers_transaction_is_returned_as_it_is() throws Exception {
        DataSource h2 = TestDatabases.h2();
        TestDatabases.run(h2, "create table own (id int)");
        try (Connection ofTheCaller = h2.getConnection();
                Statement statement = ofTheCaller.createStatement()) {
            TransactionManager database =
                    new TransactionManager(HandsOut.first(List.of(h2.getConnection(), ofTheCaller), h2));
            database.inTransaction(connection -> true);
            ofTheCaller.setAutoCommit(false);
            statement.execute("insert into own values (1)");

            assertThatExceptionOfType(JournalException.class)
                    .isThrownBy(() -> database.append(connection -> true))
                    .withMessageStartingWith(
                            "the data source returned the connection of a transaction that the caller has begun");

            ofTheCaller.rollback();
            try (ResultSet found = statement.executeQuery("select count(*) from own")) {
                found.next();
                assertThat(found.getInt(1)).isZero();
            }
        }
    }

    @Test
    void where_no_turn_comes_in_time_nothing_is_begun() throws Exception {
        TransactionManager database = new TransactionManager(TestDatabases.h2());
        ExecutorService others = Executors.newFixedThreadPool(3);
        CountDownLatch begun = new CountDownLatch(3);
        CountDownLatch end = new CountDownLatch(1);
        List<Future<Boolean>> held = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            held.add(others.submit(() -> database.inTransaction(connection -> {
                begun.countDown();
                return awaits(end);
            })));
        }
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> database.inTransaction(connection -> true))
                .withMessageStartingWith("the database is too slow: in 2 s no transaction of hangupby ended");
        database.append(connection -> true);

        end.countDown();
        for (Future<Boolean> other : held) {
            assertThat(other.get()).isTrue();
        }
        database.inTransaction(connection -> true);
        others.shutdown();
    }

    private static boolean awaits(CountDownLatch end) {
        try {
            return end.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_pool_whose_connections_the_server_has_ended_costs_no_event() throws Exception {
        DataSource server = TestDatabases.unpooledPostgres(Map.of());
        List<Connection> pooled = new ArrayList<>();
        // The first three are for the opening.
        for (int i = 0; i < 3 + 10; i++) {
            pooled.add(server.getConnection());
        }
        TaskJournal journal = journal(HandsOut.first(pooled, server));
        end(server);

        journal.append(event(RESERVATION_WRAPUP, A, 1));

        assertThat(journal.read(Events.TASK).timeline().events()).hasSize(1);
    }

    private static void end(DataSource server) throws SQLException {
        try (Connection connection = server.getConnection();
                PreparedStatement end = connection.prepareStatement(
                        "select pg_terminate_backend(pid) from pg_stat_activity where application_name ="
                                + " current_setting('application_name') and pid <> pg_backend_pid()")) {
            end.execute();
        }
    }

    @Test
    void transactions_that_cannot_be_serialized_cost_no_event() throws Exception {
        DataSource pool = TestDatabases.pool(
                TestDatabases.unpooledPostgres(Map.of("options", "-c default_transaction_isolation=serializable")));
        TaskJournal journal = journal(pool);
        ExecutorService requests = Executors.newFixedThreadPool(4);
        List<Callable<Void>> appends = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int millis = i;
            appends.add(() -> {
                journal.append(event(RESERVATION_WRAPUP, A, millis));
                return null;
            });
        }

        for (Future<Void> append : requests.invokeAll(appends)) {
            append.get();
        }

        assertThat(journal.read(Events.TASK).timeline().events()).hasSize(40);
        requests.shutdown();
    }
}
