package io.hangupby.internal.journal.jdbc;

import io.hangupby.call.TaskRef;
import io.hangupby.internal.event.CallEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * Stores an event that makes nothing due in one round trip to PostgreSQL: the driver sends the start of the transaction, the time
 * limits, the statement and the commit together. Most events of a call are such events. Thread-safe.
 */
final class OneTripAppend {
    /**
     * Stores nothing if the event is known, or if a segment of the task has a verdict, which the event could change. The update
     * locks the task's row and increments its revision, so that a turn of work that has not seen the event is repeated.
     */
    private static final String STORE = "with counted as (insert into hangupby_task as t"
            + " (task, workspace, account, revision, changed_at, outcomes, preset)"
            + " select k.task, k.workspace, k.account, 1, ?, '[]', false"
            + " from (values (?, ?, ?, ?)) as k (task, workspace, account, event)"
            + " where not exists (select 1 from hangupby_event e where e.task = k.task and e.workspace = k.workspace"
            + " and e.account = k.account and e.event = k.event)"
            + " on conflict (task, workspace, account) do update"
            + " set revision = t.revision + 1, changed_at = excluded.changed_at where t.outcomes = '[]'"
            + " returning task, workspace, account, revision)"
            + " insert into hangupby_event (task, workspace, account, event, revision, body)"
            + " select task, workspace, account, ?, revision, ? from counted returning revision";

    private final RecordJson json = new RecordJson();
    private final String statement;

    private OneTripAppend(Tables tables) {
        this.statement = TimeLimits.PostgreSql.BEGIN + "; " + tables.in(STORE) + "; commit";
    }

    /** Returns an empty Optional for a database that needs more trips. */
    static Optional<OneTripAppend> on(Tables tables) {
        return tables.product() == Product.POSTGRESQL ? Optional.of(new OneTripAppend(tables)) : Optional.empty();
    }

    /**
     * Stores an event, and commits it.
     *
     * @return the task's revision after the event, or an empty Optional if nothing was stored
     */
    Optional<Long> store(Connection connection, CallEvent event, Instant now) throws SQLException {
        TaskRef task = event.task();
        String key = EventKey.of(event);
        try (PreparedStatement store = connection.prepareStatement(statement)) {
            Product.POSTGRESQL.set(store, 1, now);
            TaskKey.of(task).set(store, 2);
            store.setString(5, key);
            store.setString(6, key);
            store.setString(7, json.write(event));
            store.execute();
            return revision(store);
        }
    }

    /** Returns the only number in the results, between the update counts of the other statements. */
    private static Optional<Long> revision(PreparedStatement store) throws SQLException {
        boolean hasRows = store.getResultSet() != null;
        while (!hasRows && store.getUpdateCount() >= 0) {
            hasRows = store.getMoreResults();
        }
        if (!hasRows) {
            throw new SQLException("no result among those of several statements", "HY000");
        }
        try (ResultSet found = store.getResultSet()) {
            return found.next() ? Optional.of(found.getLong(1)) : Optional.empty();
        }
    }
}
