package io.hangupby.internal.journal.jdbc;

import io.hangupby.internal.event.CallEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stores events that make nothing due in one transaction and one round trip. Begins and commits the transaction itself, with the
 * time limits. Thread-safe.
 *
 * <p>Stores no event of a task with a verdict, which the event could change, and no event that is known. Locks the tasks' rows in
 * one order, so that nodes do not wait for each other, and increments their revisions, so that a turn of work that has not seen an
 * event is repeated.
 */
interface GroupStatement {

    /** Returns the statement of a database, or an empty Optional if the database has none. */
    static Optional<GroupStatement> of(Tables tables) {
        return switch (tables.product()) {
            case POSTGRESQL -> Optional.of(new PostgreSqlGroup(tables));
            case MARIADB -> Optional.of(new MariaDbGroup(tables));
            case H2 -> Optional.empty();
        };
    }

    /** Stores events and commits them. Returns the revisions of their tasks after those events that are stored now. */
    Map<Key, Long> store(Connection connection, List<CallEvent> events, Instant now) throws SQLException;

    /** Goes on to the only rows, which are between the update counts of other statements. */
    static void skipToRows(PreparedStatement executed) throws SQLException {
        boolean hasRows = executed.getResultSet() != null;
        while (!hasRows && executed.getUpdateCount() >= 0) {
            hasRows = executed.getMoreResults();
        }
    }

    /** Names a stored event. */
    record Key(TaskKey task, String event) {
        static Key of(CallEvent event) {
            return new Key(TaskKey.of(event.task()), EventKey.of(event));
        }
    }
}
