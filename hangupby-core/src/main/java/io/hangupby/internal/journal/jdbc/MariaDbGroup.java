package io.hangupby.internal.journal.jdbc;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.hangupby.internal.event.CallEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stores events on MariaDB with one compound statement. Limits and isolation level hold for this statement only, and the
 * connection keeps its own. Thread-safe.
 */
final class MariaDbGroup implements GroupStatement {
    private static final Comparator<TaskKey> BY_PRIMARY_KEY = Comparator.comparing(TaskKey::task)
            .thenComparing(TaskKey::workspace)
            .thenComparing(TaskKey::account);

    private static final String BEGIN = "set statement " + TimeLimits.MariaDb.LIMITS + " for begin not atomic"
            + " declare exit handler for sqlexception begin rollback; resignal; end;"
            + " set transaction isolation level read committed; start transaction;";

    private static final String COUNT_TASKS = " insert into hangupby_task"
            + " (task, workspace, account, revision, changed_at, outcomes, preset) values ";

    private static final String TASK = "(?, ?, ?, ?, ?, '[]', false)";

    /** MariaDB assigns from left to right, and no assignment here changes the outcomes. */
    private static final String UNLESS_DECIDED = " on duplicate key update"
            + " revision = if(outcomes = '[]', revision + values(revision), revision),"
            + " changed_at = if(outcomes = '[]', values(changed_at), changed_at);";

    private static final String INSERT_EVENT = " insert into hangupby_event"
            + " (task, workspace, account, event, revision, body)"
            + " select task, workspace, account, ?, revision - ?, ? from hangupby_task" + TaskKey.CONDITION
            + " and outcomes = '[]' on duplicate key update event = values(event);";

    private static final String STORED = " select task, workspace, account, revision from hangupby_task"
            + " where outcomes = '[]' and (task, workspace, account) in (";

    private static final String COMMIT = "); commit; end";

    private final RecordJson json = new RecordJson();
    private final Tables tables;

    MariaDbGroup(Tables tables) {
        this.tables = tables;
    }

    @Override
    public Map<Key, Long> store(Connection connection, List<CallEvent> events, Instant now) throws SQLException {
        Map<TaskKey, Long> counts = events.stream()
                .collect(
                        groupingBy(event -> TaskKey.of(event.task()), () -> new TreeMap<>(BY_PRIMARY_KEY), counting()));
        try (PreparedStatement store = connection.prepareStatement(statement(counts.size(), events.size()))) {
            int next = setTasks(store, counts, now);
            next = setEvents(store, next, events, counts);
            for (TaskKey task : counts.keySet()) {
                task.set(store, next);
                next += TaskKey.COLUMNS;
            }
            store.execute();
            return stored(store, events);
        }
    }

    private String statement(int tasks, int events) {
        return tables.in(BEGIN
                + COUNT_TASKS
                + list(TASK, tasks)
                + UNLESS_DECIDED
                + INSERT_EVENT.repeat(events)
                + STORED
                + list("(?, ?, ?)", tasks)
                + COMMIT);
    }

    private static String list(String element, int size) {
        return element + (", " + element).repeat(size - 1);
    }

    /** Returns the next parameter. */
    private static int setTasks(PreparedStatement store, Map<TaskKey, Long> counts, Instant now) throws SQLException {
        int next = 1;
        for (Map.Entry<TaskKey, Long> task : counts.entrySet()) {
            task.getKey().set(store, next);
            store.setLong(next + 3, task.getValue());
            Product.MARIADB.set(store, next + 4, now);
            next += TaskKey.COLUMNS + 2;
        }
        return next;
    }

    /** Numbers the events of a task up to the task's new revision. Returns the next parameter. */
    private int setEvents(PreparedStatement store, int from, List<CallEvent> events, Map<TaskKey, Long> counts)
            throws SQLException {
        Map<TaskKey, Long> following = new HashMap<>(counts);
        int next = from;
        for (CallEvent event : events) {
            TaskKey task = TaskKey.of(event.task());
            store.setString(next, EventKey.of(event));
            store.setLong(next + 1, following.merge(task, -1L, Long::sum));
            store.setString(next + 2, json.write(event));
            task.set(store, next + 3);
            next += TaskKey.COLUMNS + 3;
        }
        return next;
    }

    private static Map<Key, Long> stored(PreparedStatement store, List<CallEvent> events) throws SQLException {
        GroupStatement.skipToRows(store);
        Map<TaskKey, Long> revisions = new HashMap<>();
        try (ResultSet found = store.getResultSet()) {
            while (found.next()) {
                revisions.put(TaskKey.of(found), found.getLong(4));
            }
        }
        Map<Key, Long> stored = new HashMap<>();
        for (CallEvent event : events) {
            Key key = Key.of(event);
            Long revision = revisions.get(key.task());
            if (revision != null) {
                stored.put(key, revision);
            }
        }
        return stored;
    }
}
