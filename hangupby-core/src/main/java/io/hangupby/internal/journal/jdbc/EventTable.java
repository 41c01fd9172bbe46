package io.hangupby.internal.journal.jdbc;

import io.hangupby.call.TaskRef;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.TaskTimeline;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The rows of events. Each method executes one or two statements in the caller's transaction. Thread-safe. */
final class EventTable {
    private static final String HERE = TaskKey.CONDITION;

    private final Tables tables;
    private final RecordJson json = new RecordJson();

    EventTable(Tables tables) {
        this.tables = tables;
    }

    /** Returns whether an event is stored already. */
    boolean knows(Connection connection, CallEvent event) throws SQLException {
        try (PreparedStatement select =
                prepare(connection, "select 1 from hangupby_event" + HERE + " and event = ?", event.task())) {
            select.setString(4, EventKey.of(event));
            try (ResultSet found = select.executeQuery()) {
                return found.next();
            }
        }
    }

    /** Inserts an event that is not stored yet. */
    void insert(Connection connection, CallEvent event, long revision) throws SQLException {
        try (PreparedStatement insert = prepare(
                connection,
                "insert into hangupby_event (task, workspace, account, event, revision, body) values (?, ?, ?, ?, ?, ?)",
                event.task())) {
            insert.setString(4, EventKey.of(event));
            insert.setLong(5, revision);
            insert.setString(6, json.write(event));
            insert.executeUpdate();
        }
    }

    /** Returns what a task's events add up to, without those that this version cannot read. */
    TaskTimeline timeline(Connection connection, TaskRef task) throws SQLException {
        return timeline(task, events(connection, task));
    }

    private static TaskTimeline timeline(TaskRef task, List<CallEvent> events) {
        TaskTimeline timeline = TaskTimeline.of(task);
        for (CallEvent event : events) {
            timeline = timeline.with(event);
        }
        return timeline;
    }

    /** Returns a task's events in their order of arrival, without those that this version cannot read. */
    private List<CallEvent> events(Connection connection, TaskRef task) throws SQLException {
        List<CallEvent> events = new ArrayList<>();
        try (PreparedStatement select =
                        prepare(connection, "select body from hangupby_event" + HERE + " order by revision", task);
                ResultSet found = select.executeQuery()) {
            while (found.next()) {
                json.event(found.getString(1)).ifPresent(events::add);
            }
        }
        return events;
    }

    /**
     * Deletes the events that a task's timeline does not use. Events that this version cannot read stay. Returns the timeline.
     */
    TaskTimeline prune(Connection connection, TaskRef task) throws SQLException {
        List<CallEvent> events = events(connection, task);
        TaskTimeline timeline = timeline(task, events);
        try (PreparedStatement delete =
                connection.prepareStatement(tables.in("delete from hangupby_event" + HERE + " and event = ?"))) {
            for (CallEvent event : events) {
                if (!timeline.holds(event)) {
                    TaskKey.of(task).set(delete, 1);
                    delete.setString(4, EventKey.of(event));
                    delete.addBatch();
                }
            }
            delete.executeBatch();
        }
        return timeline;
    }

    /** Prepares a statement whose first three parameters are the key of a task. */
    private PreparedStatement prepare(Connection connection, String sql, TaskRef task) throws SQLException {
        return TaskKey.prepare(connection, tables.in(sql), task);
    }
}
