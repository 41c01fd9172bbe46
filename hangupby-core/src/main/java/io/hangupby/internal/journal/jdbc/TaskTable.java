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

/** The rows of calls and events; each method is one or two statements in the caller's transaction. Stateless. */
final class TaskTable {
    private static final int LONGEST_REASON = 1000;
    private static final String HERE = " where task = ? and workspace = ? and account = ?";

    private final RecordJson json = new RecordJson();

    /** Returns a task's row and keeps it from changing until the transaction ends; nothing if there is none. */
    Optional<TaskRow> lock(Connection connection, TaskRef task) throws SQLException {
        return row(connection, task, " for update");
    }

    /** Returns how often something was told of a task, and keeps that from changing until the transaction ends. */
    long lockTold(Connection connection, TaskRef task) throws SQLException {
        return told(connection, task, " for update");
    }

    /** Returns how often something was told of a task. */
    long told(Connection connection, TaskRef task) throws SQLException {
        return told(connection, task, "");
    }

    private static long told(Connection connection, TaskRef task, String lock) throws SQLException {
        try (PreparedStatement select = here(connection, "select revision from hangupby_task" + HERE + lock, task);
                ResultSet found = select.executeQuery()) {
            return found.next() ? found.getLong(1) : 0;
        }
    }

    /** Returns when something was last told of a task, or came of it; nothing if there is none. */
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

    /** Puts a row there for a task of which nothing is known; fails if another node has just done so. */
    void insert(Connection connection, TaskRef task, Instant now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into hangupby_task (task, workspace, account, revision, changed_at, outcomes, preset)"
                        + " values (?, ?, ?, 0, ?, '[]', false)")) {
            name(insert, 1, task);
            insert.setObject(4, utc(now));
            insert.executeUpdate();
        }
    }

    /** Counts that something is to be done for a task, of which nothing need be known yet. */
    void touch(Connection connection, TaskRef task, Instant now) throws SQLException {
        if (!count(connection, task, now)) {
            insert(connection, task, now);
            count(connection, task, now);
        }
    }

    /** Counts that something was told of a task; says whether there is such a task. */
    boolean count(Connection connection, TaskRef task, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update hangupby_task set revision = revision + 1, changed_at = ?" + HERE)) {
            update.setObject(1, utc(now));
            name(update, 2, task);
            return update.executeUpdate() > 0;
        }
    }

    /** Says whether an event of a task is there already. */
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

    /** Adds an event that is not there yet. */
    void insert(Connection connection, CallEvent event, long told) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into hangupby_event (task, workspace, account, event, revision, body) values (?, ?, ?, ?, ?, ?)")) {
            name(insert, 1, event.task());
            insert.setString(4, EventKey.of(event));
            insert.setLong(5, told);
            insert.setString(6, json.write(event));
            insert.executeUpdate();
        }
    }

    /** Returns all that is known of a task. */
    TaskRecord read(Connection connection, TaskRef task) throws SQLException {
        TaskRow row = row(connection, task, "").orElse(TaskRow.NEW);
        return record(connection, task, row);
    }

    /** Returns all that is known of a task whose row was read already. */
    TaskRecord record(Connection connection, TaskRef task, TaskRow row) throws SQLException {
        TaskTimeline timeline = timeline(TaskTimeline.of(task), events(connection, task));
        return new TaskRecord(timeline, row.outcomes(), row.standing(), row.preset());
    }

    private static TaskTimeline timeline(TaskTimeline nothing, List<CallEvent> events) {
        TaskTimeline timeline = nothing;
        for (CallEvent event : events) {
            timeline = timeline.with(event);
        }
        return timeline;
    }

    /** Returns a task's events as they came; those that this version does not understand are left out. */
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

    /** Deletes the events of which a task's timeline makes no use; those that this version does not understand stay. */
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

    /** Replaces what came of a task. */
    void update(Connection connection, TaskRecord record, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update hangupby_task set outcomes = ?, field_owner = ?, preset = ?, changed_at = ?" + HERE)) {
            update.setString(1, json.write(record.outcomes()));
            update.setString(2, record.standing().map(ReservationSid::value).orElse(null));
            update.setBoolean(3, record.preset());
            update.setObject(4, utc(now));
            name(update, 5, record.timeline().task());
            update.executeUpdate();
        }
    }

    /** Remembers that a task was given up, and why. */
    void park(Connection connection, TaskRef task, String reason, Instant now) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update hangupby_task set parked_at = ?, parked_reason = ?" + HERE)) {
            update.setObject(1, utc(now));
            update.setString(2, reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
            name(update, 3, task);
            update.executeUpdate();
        }
    }

    /** Forgets that a task was given up; says whether it was. */
    boolean retryParked(Connection connection, TaskRef task) throws SQLException {
        try (PreparedStatement update = here(
                connection,
                "update hangupby_task set parked_at = null, parked_reason = null" + HERE + " and parked_at is not null",
                task)) {
            return update.executeUpdate() > 0;
        }
    }

    /** Returns the tasks that were given up, the longest parked first; rows that name no task are passed over. */
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

    /** Returns how many tasks are given up. */
    int countParked(Connection connection) throws SQLException {
        return number(connection, "select count(*) from hangupby_task where parked_at is not null");
    }

    /** Returns how many tasks are due, waiting or being worked on. */
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

    /** Returns the workspaces of an account of which something was told since. */
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

    /** Deletes all that is known of a task. */
    void delete(Connection connection, TaskRef task) throws SQLException {
        try (PreparedStatement delete = here(connection, "delete from hangupby_task" + HERE, task)) {
            delete.executeUpdate();
        }
    }

    /**
     * Deletes so many of the tasks of which nothing was told since, whatever their rows hold; returns how many it found. What is
     * told of one meanwhile keeps it.
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

    /** Deletes what has been due for so long and no node has taken, of whatever kind, but for these; returns how much. */
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

    /** What a row is found by, as its columns have it: in a row that somebody else wrote it need not name a task. */
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
