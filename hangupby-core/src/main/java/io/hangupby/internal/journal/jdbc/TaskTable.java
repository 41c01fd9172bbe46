package io.hangupby.internal.journal.jdbc;

import io.hangupby.call.AccountSid;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.TaskTimeline;
import io.hangupby.internal.journal.TaskRecord;
import io.hangupby.journal.ParkedTask;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rows of tasks and events. Each method executes one or two statements in the caller's transaction. Stateless. */
final class TaskTable {
    private static final int LONGEST_REASON = 1000;
    private static final String HERE = " where task = ? and workspace = ? and account = ?";

    private final RecordJson json = new RecordJson();

    /** Returns a task's row, if any, and locks the row until the transaction ends. */
    Optional<TaskRow> lock(Connection connection, TaskRef task) throws SQLException {
        return row(connection, task, " for update");
    }

    /** Returns a task's revision, and locks its row until the transaction ends. */
    long lockRevision(Connection connection, TaskRef task) throws SQLException {
        return revision(connection, task, " for update");
    }

    /** Returns a task's revision, or 0 if the task is unknown. */
    long revision(Connection connection, TaskRef task) throws SQLException {
        return revision(connection, task, "");
    }

    private static long revision(Connection connection, TaskRef task, String lock) throws SQLException {
        try (PreparedStatement select = here(connection, "select revision from hangupby_task" + HERE + lock, task);
                ResultSet found = select.executeQuery()) {
            return found.next() ? found.getLong(1) : 0;
        }
    }

    /** Returns when a task was last changed, or an empty Optional if the task is unknown. */
    Optional<Instant> changedAt(Connection connection, TaskRef task) throws SQLException {
        try (PreparedStatement select = here(connection, "select changed_at from hangupby_task" + HERE, task);
                ResultSet found = select.executeQuery()) {
            return found.next()
                    ? Optional.of(found.getObject(1, OffsetDateTime.class).toInstant())
                    : Optional.empty();
        }
    }

    private Optional<TaskRow> row(Connection connection, TaskRef task, String lock) throws SQLException {
        try (PreparedStatement select = here(
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
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into hangupby_task (task, workspace, account, revision, changed_at, outcomes, preset)"
                        + " values (?, ?, ?, 0, ?, '[]', false)")) {
            name(insert, 1, task);
            insert.setObject(4, utc(now));
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
        try (PreparedStatement update = connection.prepareStatement(
                "update hangupby_task set revision = revision + 1, changed_at = ?" + HERE)) {
            update.setObject(1, utc(now));
            name(update, 2, task);
            return update.executeUpdate() > 0;
        }
    }

    /** Returns whether an event is stored already. */
    boolean knows(Connection connection, CallEvent event) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select 1 from hangupby_event" + HERE + " and event = ?")) {
            name(select, 1, event.task());
            select.setString(4, EventKey.of(event));
            try (ResultSet found = select.executeQuery()) {
                return found.next();
            }
        }
    }

    /** Inserts an event that is not stored yet. */
    void insert(Connection connection, CallEvent event, long revision) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into hangupby_event (task, workspace, account, event, revision, body) values (?, ?, ?, ?, ?, ?)")) {
            name(insert, 1, event.task());
            insert.setString(4, EventKey.of(event));
            insert.setLong(5, revision);
            insert.setString(6, json.write(event));
            insert.executeUpdate();
        }
    }

    /** Returns the record of a task, which is empty if the task is unknown. */
    TaskRecord read(Connection connection, TaskRef task) throws SQLException {
        TaskRow row = row(connection, task, "").orElse(TaskRow.NEW);
        return record(connection, task, row);
    }

    /** Returns the record of a task whose row was read already. */
    TaskRecord record(Connection connection, TaskRef task, TaskRow row) throws SQLException {
        TaskTimeline timeline = timeline(TaskTimeline.of(task), events(connection, task));
        return new TaskRecord(timeline, row.outcomes(), row.fieldOwner(), row.preset());
    }

    private static TaskTimeline timeline(TaskTimeline nothing, List<CallEvent> events) {
        TaskTimeline timeline = nothing;
        for (CallEvent event : events) {
            timeline = timeline.with(event);
        }
        return timeline;
    }

    /** Returns a task's events in their order of arrival, without those that this version cannot read. */
    private List<CallEvent> events(Connection connection, TaskRef task) throws SQLException {
        List<CallEvent> events = new ArrayList<>();
        try (PreparedStatement select =
                        here(connection, "select body from hangupby_event" + HERE + " order by revision", task);
                ResultSet found = select.executeQuery()) {
            while (found.next()) {
                json.event(found.getString(1)).ifPresent(events::add);
            }
        }
        return events;
    }

    /** Deletes the events that a task's timeline does not use. Events that this version cannot read stay. */
    void prune(Connection connection, TaskRef task) throws SQLException {
        List<CallEvent> events = events(connection, task);
        TaskTimeline timeline = timeline(TaskTimeline.of(task), events);
        try (PreparedStatement delete =
                connection.prepareStatement("delete from hangupby_event" + HERE + " and event = ?")) {
            for (CallEvent event : events) {
                if (!timeline.holds(event)) {
                    name(delete, 1, task);
                    delete.setString(4, EventKey.of(event));
                    delete.addBatch();
                }
            }
            delete.executeBatch();
        }
    }

    /** Replaces the outcomes, the field owner and the preset of a task. */
    void update(Connection connection, TaskRecord record, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update hangupby_task set outcomes = ?, field_owner = ?, preset = ?, changed_at = ?" + HERE)) {
            update.setString(1, json.write(record.outcomes()));
            update.setString(2, record.fieldOwner().map(ReservationSid::value).orElse(null));
            update.setBoolean(3, record.preset());
            update.setObject(4, utc(now));
            name(update, 5, record.timeline().task());
            update.executeUpdate();
        }
    }

    /** Marks a task as parked, with the reason. */
    void park(Connection connection, TaskRef task, String reason, Instant now) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update hangupby_task set parked_at = ?, parked_reason = ?" + HERE)) {
            update.setObject(1, utc(now));
            update.setString(2, reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
            name(update, 3, task);
            update.executeUpdate();
        }
    }

    /** Removes the mark that a task is parked. Returns whether the task was parked. */
    boolean retryParked(Connection connection, TaskRef task) throws SQLException {
        try (PreparedStatement update = here(
                connection,
                "update hangupby_task set parked_at = null, parked_reason = null" + HERE + " and parked_at is not null",
                task)) {
            return update.executeUpdate() > 0;
        }
    }

    /** Returns the parked tasks, the longest parked first, without rows that name no task. */
    List<ParkedTask> parked(Connection connection, int atMost) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select task, workspace, account, parked_at,"
                + " parked_reason from hangupby_task where parked_at is not null order by parked_at, task limit ?")) {
            select.setInt(1, atMost);
            List<ParkedTask> parked = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    Instant at = found.getObject(4, OffsetDateTime.class).toInstant();
                    String why = Optional.ofNullable(found.getString(5)).orElse("");
                    Key.of(found)
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

    private static int number(Connection connection, String query) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query);
                ResultSet found = select.executeQuery()) {
            found.next();
            return found.getInt(1);
        }
    }

    /** Returns the workspaces of an account with changes since a moment. */
    Set<WorkspaceSid> workspaces(Connection connection, AccountSid account, Instant since) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select distinct workspace from hangupby_task where account = ? and changed_at > ?")) {
            select.setString(1, account.value());
            select.setObject(2, utc(since));
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
        try (PreparedStatement delete = here(connection, "delete from hangupby_task" + HERE, task)) {
            delete.executeUpdate();
        }
    }

    /**
     * Deletes at most this many tasks without changes since a moment, even if their rows cannot be read. A task that changes
     * meanwhile stays. Returns how many old tasks were found.
     */
    int deleteOlderThan(Connection connection, Instant limit, int atMost) throws SQLException {
        List<Key> old = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select task, workspace, account from hangupby_task where changed_at < ? order by changed_at limit ?")) {
            select.setObject(1, utc(limit));
            select.setInt(2, atMost);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    old.add(Key.of(found));
                }
            }
        }
        try (PreparedStatement delete =
                connection.prepareStatement("delete from hangupby_task" + HERE + " and changed_at < ?")) {
            for (Key key : old) {
                key.set(delete, 1);
                delete.setObject(4, utc(limit));
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
        try (PreparedStatement delete = connection.prepareStatement("delete from hangupby_queue"
                + " where execution_time < ? and (not picked or last_heartbeat < ?)" + others)) {
            delete.setObject(1, utc(limit));
            delete.setObject(2, utc(limit));
            int next = 3;
            for (String name : kept) {
                delete.setString(next++, name);
            }
            return delete.executeUpdate();
        }
    }

    /** A row's key, as stored: a row from another writer need not name a valid task. */
    private record Key(String task, String workspace, String account) {
        static Key of(ResultSet found) throws SQLException {
            return new Key(found.getString(1), found.getString(2), found.getString(3));
        }

        static Key of(TaskRef task) {
            return new Key(
                    task.task().value(),
                    task.workspace().value(),
                    task.account().value());
        }

        void set(PreparedStatement statement, int from) throws SQLException {
            statement.setString(from, task);
            statement.setString(from + 1, workspace);
            statement.setString(from + 2, account);
        }

        Optional<TaskRef> ref() {
            return InstanceId.task(task, workspace, account);
        }
    }

    private static PreparedStatement here(Connection connection, String sql, TaskRef task) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        name(statement, 1, task);
        return statement;
    }

    private static void name(PreparedStatement statement, int from, TaskRef task) throws SQLException {
        Key.of(task).set(statement, from);
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
