package io.hangupby.internal.journal.jdbc;

import io.hangupby.internal.DaemonThreads;
import io.hangupby.journal.JournalException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the nodes that live on one database. Each node has a row in the queue that is never due, and whose heartbeat it renews.
 * Thread-safe.
 */
final class LiveNodes {
    private static final Logger log = LoggerFactory.getLogger(LiveNodes.class);

    /** The kind of the rows; a version that does not know it leaves rows alone that are not due. */
    private static final String KIND = "node";

    /** As often as db-scheduler's heartbeat, and as many may be missed. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);

    private static final Duration DEAD_AFTER = HEARTBEAT.multipliedBy(4);

    /** The rows of nodes that did not stop are deleted when another node starts; a slow node has its row for so long. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    private static final Instant NEVER_DUE = Instant.parse("2200-01-01T00:00:00Z");

    private final TransactionManager database;
    private final Tables tables;
    private final Clock clock;
    private final String name = UUID.randomUUID().toString();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(work -> DaemonThreads.of(work, "hangupby-nodes"));
    private final AtomicBoolean isFaultLogged = new AtomicBoolean();
    private volatile int count = 1;

    LiveNodes(TransactionManager database, Tables tables, Clock clock) {
        this.database = database;
        this.tables = tables;
        this.clock = clock;
    }

    /** Returns how many nodes live, this node included, as of the last heartbeat. */
    int count() {
        return count;
    }

    /** Joins the other nodes, and stays until {@link #leave}. */
    void join() {
        attempt(this::deleteForgotten);
        beat();
        Future<?> unused = thread.scheduleWithFixedDelay(
                this::beat, HEARTBEAT.toMillis(), HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Leaves, so that the other nodes know at once. */
    void leave() {
        thread.shutdownNow();
        DaemonThreads.awaitEnd(thread, HEARTBEAT);
        attempt(connection ->
                update(connection, "delete from hangupby_queue where task_name = ? and task_instance = ?"));
    }

    /** Renews the heartbeat, and counts the others. */
    void beat() {
        attempt(connection -> {
            if (renew(connection) == 0) {
                insert(connection);
            }
            count = 1 + others(connection);
            return count;
        });
    }

    /** A node that cannot reach the database keeps the count that it has. An exception would end the heartbeat. */
    private void attempt(TransactionManager.Work<Integer> work) {
        try {
            int unused = database.inTransaction(work);
        } catch (JournalException unreachable) {
            log.debug("the nodes on the database were not counted: {}", unreachable.getMessage());
        } catch (RuntimeException | Error fault) {
            if (isFaultLogged.compareAndSet(false, true)) {
                log.warn(
                        "The nodes on the database could not be counted, so this node keeps its share of the updates;"
                                + " check the data source. The next count is in {} s. Logged once",
                        HEARTBEAT.toSeconds(),
                        fault);
            }
        }
    }

    private int renew(Connection connection) throws SQLException {
        try (PreparedStatement update = prepare(
                connection, "update hangupby_queue set last_heartbeat = ? where task_name = ? and task_instance = ?")) {
            tables.product().set(update, 1, clock.instant());
            update.setString(2, KIND);
            update.setString(3, name);
            return update.executeUpdate();
        }
    }

    private void insert(Connection connection) throws SQLException {
        try (PreparedStatement insert = prepare(
                connection,
                "insert into hangupby_queue (task_name, task_instance, execution_time, picked, last_heartbeat, version)"
                        + " values (?, ?, ?, ?, ?, 1)")) {
            insert.setString(1, KIND);
            insert.setString(2, name);
            tables.product().set(insert, 3, NEVER_DUE);
            insert.setBoolean(4, false);
            tables.product().set(insert, 5, clock.instant());
            insert.executeUpdate();
        }
    }

    /** Returns how many other nodes live at this moment. */
    int others(Connection connection) throws SQLException {
        try (PreparedStatement select = prepare(
                connection,
                "select count(*) from hangupby_queue where task_name = ? and task_instance <> ? and last_heartbeat > ?")) {
            select.setString(1, KIND);
            select.setString(2, name);
            tables.product().set(select, 3, clock.instant().minus(DEAD_AFTER));
            try (ResultSet found = select.executeQuery()) {
                found.next();
                return found.getInt(1);
            }
        }
    }

    private int deleteForgotten(Connection connection) throws SQLException {
        try (PreparedStatement delete =
                prepare(connection, "delete from hangupby_queue where task_name = ? and last_heartbeat < ?")) {
            delete.setString(1, KIND);
            tables.product().set(delete, 2, clock.instant().minus(FORGOTTEN_AFTER));
            return delete.executeUpdate();
        }
    }

    private int update(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql)) {
            statement.setString(1, KIND);
            statement.setString(2, name);
            return statement.executeUpdate();
        }
    }

    private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        return connection.prepareStatement(tables.in(sql));
    }
}
