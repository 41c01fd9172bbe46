package io.hangupby.internal.journal.jdbc;

import io.hangupby.internal.event.CallEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Stores events on PostgreSQL: the driver sends the start of the transaction, the time limits, the statement and the commit
 * together. Thread-safe.
 */
final class PostgreSqlGroup implements GroupStatement {
    private static final String STORE = "with given as (select *,"
            + " count(*) over (partition by task, workspace, account) as of_task,"
            + " row_number() over (partition by task, workspace, account order by place) as nth"
            + " from unnest(?, ?, ?, ?, ?) with ordinality as g (task, workspace, account, event, body, place)),"
            + " counted as (insert into hangupby_task as t"
            + " (task, workspace, account, revision, changed_at, outcomes, preset)"
            + " select task, workspace, account, count(*), ?, '[]', false from given"
            + " group by task, workspace, account order by task, workspace, account"
            + " on conflict (task, workspace, account) do update"
            + " set revision = t.revision + excluded.revision, changed_at = excluded.changed_at where t.outcomes = '[]'"
            + " returning task, workspace, account, revision)"
            + " insert into hangupby_event as e (task, workspace, account, event, revision, body)"
            + " select g.task, g.workspace, g.account, g.event, c.revision - g.of_task + g.nth, g.body"
            + " from given g join counted c using (task, workspace, account)"
            + " on conflict do nothing returning e.task, e.workspace, e.account, e.event, e.revision";

    private final RecordJson json = new RecordJson();
    private final String statement;

    PostgreSqlGroup(Tables tables) {
        this.statement = TimeLimits.PostgreSql.BEGIN + "; " + tables.in(STORE) + "; commit";
    }

    @Override
    public Map<Key, Long> store(Connection connection, List<CallEvent> events, Instant now) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement store = connection.prepareStatement(statement)) {
            set(store, 1, events, event -> event.task().task().value());
            set(store, 2, events, event -> event.task().workspace().value());
            set(store, 3, events, event -> event.task().account().value());
            set(store, 4, events, EventKey::of);
            set(store, 5, events, json::write);
            Product.POSTGRESQL.set(store, 6, now);
            store.execute();
            return stored(store);
        }
    }

    private static void set(
            PreparedStatement store, int parameter, List<CallEvent> events, Function<CallEvent, String> column)
            throws SQLException {
        store.setArray(
                parameter,
                store.getConnection()
                        .createArrayOf("text", events.stream().map(column).toArray()));
    }

    private static Map<Key, Long> stored(PreparedStatement store) throws SQLException {
        GroupStatement.skipToRows(store);
        Map<Key, Long> stored = new HashMap<>();
        try (ResultSet found = store.getResultSet()) {
            while (found.next()) {
                stored.put(new Key(TaskKey.of(found), found.getString(4)), found.getLong(5));
            }
        }
        return stored;
    }
}
