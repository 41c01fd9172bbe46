package io.hangupby.journal.jdbc;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.decision.Outcome;
import io.hangupby.event.CallEvent;
import io.hangupby.event.CallTimeline;
import io.hangupby.journal.CallJournal;
import io.hangupby.journal.CallQueue;
import io.hangupby.journal.CallRecord;
import io.hangupby.journal.WakeRule;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Remembers calls in a database: what was appended survives the process, and all nodes on the database know it. An event and
 * the work that it calls for are committed together. Thread-safe.
 */
final class JdbcCallJournal implements CallJournal {
    private static final int DELETED_AT_ONCE = 500;
    private static final int PRUNED_EVERY = 64;

    /** An event that makes its task due is told twice: to the journal and to the queue. */
    private static final int TOLD_FOR_AN_EVENT = 2;

    private final Database database;
    private final CallRows rows = new CallRows();
    private final CallQueue queue;
    private final Clock clock;
    private final WakeRule wakeRule;

    /**
     * @param queue learns which tasks call for work; what it writes to the database is part of our transaction
     * @param wakeRule says which events make a task due
     */
    JdbcCallJournal(Database database, CallQueue queue, Clock clock, WakeRule wakeRule) {
        this.database = database;
        this.queue = queue;
        this.clock = clock;
        this.wakeRule = wakeRule;
    }

    @Override
    public void append(CallEvent event) {
        TaskRef task = event.task();
        database.append(connection -> {
            Optional<CallRow> known = rows.lock(connection, task);
            if (known.isEmpty()) {
                rows.insert(connection, task, clock.instant());
            }
            CallRow row = known.orElse(CallRow.NEW);
            boolean isNew = !rows.knows(connection, event);
            if (isNew) {
                rows.count(connection, task, clock.instant());
                rows.insert(connection, event, row.told() + 1);
                prune(connection, task, row.told() + 1);
            }
            if (wakeRule.canBeDue(event, !row.outcomes().isEmpty())
                    && wakeRule.isDue(event, isNew, rows.record(connection, task, row))) {
                queue.wake(task);
            }
            return row;
        });
    }

    /** Now and then, what a task's timeline has no use for any more is deleted: a leg can be muted without end. */
    private void prune(Connection connection, TaskRef task, long told) throws SQLException {
        if (told >= 2 * CallTimeline.MOST_EVENTS && told % PRUNED_EVERY < TOLD_FOR_AN_EVENT) {
            rows.prune(connection, task);
        }
    }

    @Override
    public CallRecord read(TaskRef task) {
        return database.inTransaction(connection -> rows.read(connection, task));
    }

    @Override
    public void record(Outcome outcome) {
        change(outcome.segment().task(), known -> known.with(outcome));
    }

    @Override
    public void recordPreset(TaskRef task) {
        change(task, CallRecord::withPreset);
    }

    @Override
    public void recordTakenOff(TaskRef task) {
        change(task, CallRecord::withNothingStanding);
    }

    @Override
    public Set<WorkspaceSid> workspaces(AccountSid account) {
        return database.inTransaction(connection ->
                rows.workspaces(connection, account, clock.instant().minus(Duration.ofDays(1))));
    }

    @Override
    public void forget(TaskRef task) {
        database.inTransaction(connection -> {
            rows.delete(connection, task);
            return task;
        });
    }

    /** What was forgotten in the meantime stays so. */
    private void change(TaskRef task, UnaryOperator<CallRecord> change) {
        database.inTransaction(connection -> {
            Optional<CallRow> row = rows.lock(connection, task);
            if (row.isPresent()) {
                rows.update(connection, change.apply(rows.record(connection, task, row.get())), clock.instant());
            }
            return task;
        });
    }

    /** Forgets the tasks of which nothing was told for so long. */
    void forgetOlderThan(Duration age) {
        int deleted;
        do {
            deleted = database.inTransaction(connection ->
                    rows.deleteOlderThan(connection, clock.instant().minus(age), DELETED_AT_ONCE));
        } while (deleted == DELETED_AT_ONCE);
    }
}
