package io.hangupby.internal.journal.jdbc;

import io.hangupby.call.AccountSid;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.event.TaskTimeline;
import io.hangupby.internal.journal.TaskRecord;
import io.hangupby.journal.ParkedTask;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rows of tasks. Each method executes one or two statements in the caller's transaction. Thread-safe. */
final class TaskTable {
    private static final int LONGEST_REASON = 1000;

    private static final String HERE = TaskKey.CONDITION;

    private final Tables tables;
    private final EventTable events;
    private final RecordJson json = new RecordJson();

    TaskTable(Tables tables) {
        this.tables = tables;
        this.events = new EventTable(tables);
    }

    /** Returns a task's row, if any, and locks the row until the transaction ends. */
    Optional<TaskRow> lock(Connection connection, TaskRef task) throws SQLException {
        return row(connection, task, " for update");
    }

    /** Returns the revision of a task whose turn begins, or 0 if the task is unknown. The task is no longer parked. */
    long begin(Connection connection, TaskRef task) throws SQLException {
        try (PreparedStatement select =
                        prepare(connection, "select revision, parked_at from hangupby_task" + HERE, task);
                ResultSet found = select.executeQuery()) {
            if (!found.next()) {
                return 0;
            }
            long revision = found.getLong(1);
            if (tables.product().moment(found, 2).isPresent()) {
                boolean unused = retryParked(connection, task);
            }
            return revision;
        }
    }

    /** Returns a task's revision, and locks its row until the transaction ends. */
    long lockRevision(Connection connection, TaskRef task) throws SQLException {
        try (PreparedStatement select =
                        prepare(connection, "select revision from hangupby_task" + HERE + " for update", task);
                ResultSet found = select.executeQuery()) {
            return found.next() ? found.getLong(1) : 0;
        }
    }

    /** Returns when a task was last changed, or an empty Optional if the task is unknown. */
    Optional<Instant> changedAt(Connection connection, TaskRef task) throws SQLException {
        try (PreparedStatement select = prepare(connection, "select changed_at from hangupby_task" + HERE, task);
                ResultSet found = select.executeQuery()) {
            return found.next() ? tables.product().moment(found, 1) : Optional.empty();
        }
    }

    private Optional<TaskRow> row(Connection connection, TaskRef task, String lock) throws SQLException {
        try (PreparedStatement select = prepare(
                        connection,
                        "select revision, outcomes, field_owner, preset from hangupby_task" + HERE + lock,
                        task);
                ResultSet found = select.executeQuery()) {
            return found.next()
                    ? Optional.of(new TaskRow(
                            found.getLong(1),
                            json.outcomes(found.getString(2)),
                            Optional.ofNullable(found.getString(3)).flatMap(ReservationSid::parse),
                            found.getBoolean(4)))
                    : Optional.empty();
        }
    }

    /** Inserts a row for an unknown task; fails if another node has just inserted it. */
    void insert(Connection connection, TaskRef task, Instant now) throws SQLException {
        try (PreparedStatement insert = prepare(
                connection,
                "insert into hangupby_task (task, workspace, account, revision, changed_at, outcomes, preset)"
                        + " values (?, ?, ?, 0, ?, '[]', false)")) {
            TaskKey.of(task).set(insert, 1);
            tables.product().set(insert, 4, now);
            insert.executeUpdate();
        }
    }

    /** Increments the revision of a task, which may be unknown. */
    void touch(Connection connection, TaskRef task, Instant now) throws SQLException {
        if (!count(connection, task, now)) {
            insert(connection, task, now);
            count(connection, task, now);
        }
    }

    /** Increments the revision of a task. Returns whether the task is known. */
    boolean count(Connection connection, TaskRef task, Instant now) throws SQLException {
        try (PreparedStatement update =
                prepare(connection, "update hangupby_task set revision = revision + 1, changed_at = ?" + HERE)) {
            tables.product().set(update, 1, now);
            TaskKey.of(task).set(update, 2);
            return update.executeUpdate() > 0;
        }
    }

    /** Returns the record of a task, which is empty if the task is unknown. */
    TaskRecord read(Connection connection, TaskRef task) throws SQLException {
        TaskRow row = row(connection, task, "").orElse(TaskRow.NEW);
        return record(connection, task, row);
    }

    /** Returns the record of a task whose row was read already. */
    TaskRecord record(Connection connection, TaskRef task, TaskRow row) throws SQLException {
        TaskTimeline timeline = events.timeline(connection, task);
        return new TaskRecord(timeline, row.outcomes(), row.fieldOwner(), row.preset());
    }

    /** Replaces the outcomes, the field owner and the preset of a task. */
    void update(Connection connection, TaskRecord record, Instant now) throws SQLException {
        try (PreparedStatement update = prepare(
                connection,
                "update hangupby_task set outcomes = ?, field_owner = ?, preset = ?, changed_at = ?" + HERE)) {
            update.setString(1, json.write(record.outcomes()));
            update.setString(2, record.fieldOwner().map(ReservationSid::value).orElse(null));
            update.setBoolean(3, record.preset());
            tables.product().set(update, 4, now);
            TaskKey.of(record.timeline().task()).set(update, 5);
            update.executeUpdate();
        }
    }

    /** Marks a task as parked, with the reason. */
    void park(Connection connection, TaskRef task, String reason, Instant now) throws SQLException {
        try (PreparedStatement update =
                prepare(connection, "update hangupby_task set parked_at = ?, parked_reason = ?" + HERE)) {
            tables.product().set(update, 1, now);
            update.setString(2, reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
            TaskKey.of(task).set(update, 3);
            update.executeUpdate();
        }
    }

    /** Removes the mark that a task is parked. Returns whether the task was parked. */
    boolean retryParked(Connection connection, TaskRef task) throws SQLException {
        try (PreparedStatement update = prepare(
                connection,
                "update hangupby_task set parked_at = null, parked_reason = null" + HERE + " and parked_at is not null",
                task)) {
            return update.executeUpdate() > 0;
        }
    }

    /** Returns the parked tasks, the longest parked first, without rows that name no task. */
    List<ParkedTask> parked(Connection connection, int atMost) throws SQLException {
        try (PreparedStatement select = prepare(
                connection,
                "select task, workspace, account, parked_at,"
                        + " parked_reason from hangupby_task where parked_at is not null order by parked_at, task limit ?")) {
            select.setInt(1, atMost);
            List<ParkedTask> parked = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    Instant at = tables.product().moment(found, 4).orElseThrow();
                    String why = Optional.ofNullable(found.getString(5)).orElse("");
                    TaskKey.of(found)
                            .ref()
                            .map(task -> new ParkedTask(task, at, why))
                            .ifPresent(parked::add);
                }
            }
            return parked;
        }
    }

    /** Returns how many tasks are parked. */
    int countParked(Connection connection) throws SQLException {
        return number(connection, "select count(*) from hangupby_task where parked_at is not null");
    }

    /** Returns how many tasks are due, wait or are worked on. */
    int countDue(Connection connection, String taskName) throws SQLException {
        return number(connection, "select count(*) from hangupby_queue where task_name = '" + taskName + "'");
    }

    private int number(Connection connection, String query) throws SQLException {
        try (PreparedStatement select = prepare(connection, query);
                ResultSet found = select.executeQuery()) {
            found.next();
            return found.getInt(1);
        }
    }

    /** Returns the workspaces of an account with changes since a moment. */
    Set<WorkspaceSid> workspaces(Connection connection, AccountSid account, Instant since) throws SQLException {
        try (PreparedStatement select = prepare(
                connection, "select distinct workspace from hangupby_task where account = ? and changed_at > ?")) {
            select.setString(1, account.value());
            tables.product().set(select, 2, since);
            Set<WorkspaceSid> workspaces = new HashSet<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    WorkspaceSid.parse(found.getString(1)).ifPresent(workspaces::add);
                }
            }
            return workspaces;
        }
    }

    /** Deletes a task with its events. */
    void delete(Connection connection, TaskRef task) throws SQLException {
        try (PreparedStatement delete = prepare(connection, "delete from hangupby_task" + HERE, task)) {
            delete.executeUpdate();
        }
    }

    /**
     * Deletes at most this many tasks without changes since a moment, even if their rows cannot be read. A task that changes
     * meanwhile stays. Returns how many old tasks were found.
     */
    int deleteOlderThan(Connection connection, Instant limit, int atMost) throws SQLException {
        List<TaskKey> old = new ArrayList<>();
        try (PreparedStatement select = prepare(
                connection,
                "select task, workspace, account from hangupby_task where changed_at < ? order by changed_at limit ?")) {
            tables.product().set(select, 1, limit);
            select.setInt(2, atMost);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    old.add(TaskKey.of(found));
                }
            }
        }
        try (PreparedStatement delete =
                prepare(connection, "delete from hangupby_task" + HERE + " and changed_at < ?")) {
            for (TaskKey key : old) {
                key.set(delete, 1);
                tables.product().set(delete, 4, limit);
                delete.addBatch();
            }
            delete.executeBatch();
        }
        return old.size();
    }

    /**
     * Deletes rows of the queue that are due since a moment and that no node has taken, except rows of some kinds. Returns how
     * many rows were deleted.
     */
    int deleteQueuedBefore(Connection connection, Instant limit, Set<String> kept) throws SQLException {
        String others = kept.isEmpty() ? "" : " and task_name not in (" + "?, ".repeat(kept.size() - 1) + "?)";
        try (PreparedStatement delete = prepare(
                connection,
                "delete from hangupby_queue where execution_time < ? and (not picked or last_heartbeat < ?)"
                        + others)) {
            tables.product().set(delete, 1, limit);
            tables.product().set(delete, 2, limit);
            int next = 3;
            for (String name : kept) {
                delete.setString(next++, name);
            }
            return delete.executeUpdate();
        }
    }

    private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        return connection.prepareStatement(tables.in(sql));
    }

    /** Prepares a statement whose first three parameters are the key of a task. */
    private PreparedStatement prepare(Connection connection, String sql, TaskRef task) throws SQLException {
        return TaskKey.prepare(connection, tables.in(sql), task);
    }
}
