package io.hangupby.internal.journal.jdbc;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.decision.Outcome;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.TaskTimeline;
import io.hangupby.internal.event.VoiceReport;
import io.hangupby.internal.journal.SchedulingPolicy;
import io.hangupby.internal.journal.TaskJournal;
import io.hangupby.internal.journal.TaskRecord;
import io.hangupby.internal.journal.TaskSids;
import io.hangupby.internal.journal.WorkQueue;
import io.hangupby.internal.journal.jdbc.LatestOutcomes.Place;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Stores tasks in a database. Stored events survive the process, and all nodes on the database see them. An event and the work
 * for it are committed together. Thread-safe.
 */
final class JdbcTaskJournal implements TaskJournal {
    private static final int DELETED_AT_ONCE = 500;
    private static final int PRUNE_INTERVAL = 64;

    /** Another node's clock can be ahead of this node's. */
    private static final Duration CLOCKS_DIFFER_BY = Duration.ofDays(1);

    /** An event that makes its task due changes the revision twice: in the journal and in the queue. */
    private static final int REVISIONS_OF_AN_EVENT = 2;

    private final TransactionManager database;
    private final TaskTable rows;
    private final LatestOutcomes latest;
    private final EventTable events;
    private final LegTable legs;
    private final Optional<GroupedAppends> groups;
    private final WorkQueue queue;
    private final Clock clock;
    private final SchedulingPolicy schedulingPolicy;

    /**
     * @param queue learns which tasks have work to do, and writes in our transaction
     * @param schedulingPolicy says which events make a task due
     */
    JdbcTaskJournal(
            TransactionManager database,
            Tables tables,
            WorkQueue queue,
            Clock clock,
            SchedulingPolicy schedulingPolicy) {
        this.database = database;
        this.rows = new TaskTable(tables);
        this.latest = new LatestOutcomes(tables);
        this.events = new EventTable(tables);
        this.legs = new LegTable(tables);
        this.groups = GroupedAppends.on(database, tables, clock);
        this.queue = queue;
        this.clock = clock;
        this.schedulingPolicy = schedulingPolicy;
    }

    @Override
    public void append(CallEvent event) {
        store(event);
        if (schedulingPolicy.canEndWait(event)) {
            database.afterCommit(() ->
                    queue.wakeIfWaiting(event.task(), () -> schedulingPolicy.isDue(event, false, read(event.task()))));
        }
    }

    private void store(CallEvent event) {
        long start = System.nanoTime();
        Optional<Long> revision = groupsFor(event).flatMap(grouped -> grouped.append(event));
        if (revision.isEmpty()) {
            database.append(start, connection -> appendInFull(connection, event));
        } else if (isPruneDue(revision.get())) {
            database.inTransaction(connection -> events.prune(connection, event.task()));
        }
    }

    private Optional<GroupedAppends> groupsFor(CallEvent event) {
        return groups.filter(any -> !schedulingPolicy.canBeDue(event, false) && !database.isInTransaction());
    }

    /** Returns the task's revision after this event. */
    private long appendInFull(Connection connection, CallEvent event) throws SQLException {
        TaskRef task = event.task();
        Optional<TaskRow> known = rows.lock(connection, task);
        if (known.isEmpty()) {
            rows.insert(connection, task, clock.instant());
        }
        TaskRow row = known.orElse(TaskRow.NEW);
        boolean isNew = !events.knows(connection, event);
        long revision = row.revision();
        if (isNew) {
            revision++;
            rows.count(connection, task, clock.instant());
            events.insert(connection, event, revision);
            if (event instanceof VoiceReport report) {
                legs.insert(connection, task, Set.of(report.leg().value()));
            }
            if (isPruneDue(revision)) {
                events.prune(connection, task);
            }
        }
        if (schedulingPolicy.canBeDue(event, !row.outcomes().isEmpty())
                && schedulingPolicy.isDue(event, isNew, rows.record(connection, task, row))) {
            queue.wake(task);
        }
        return revision;
    }

    /**
     * Returns whether to delete the events that a task's timeline no longer uses: a participant can be muted any number of times.
     */
    private static boolean isPruneDue(long revision) {
        return revision >= 2 * TaskTimeline.MOST_EVENTS && revision % PRUNE_INTERVAL < REVISIONS_OF_AN_EVENT;
    }

    @Override
    public TaskRecord read(TaskRef task) {
        return database.inTransaction(connection -> rows.read(connection, task));
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
    @Override
    public TaskRecord change(TaskRef task, UnaryOperator<TaskRecord> change) {
        return database.inTransaction(connection -> {
            Optional<TaskRow> row = rows.lock(connection, task);
            if (row.isEmpty()) {
                return rows.record(connection, task, TaskRow.NEW);
            }
            TaskRecord before = rows.record(connection, task, row.get());
            TaskRecord changed = change.apply(before);
            rows.update(connection, changed, clock.instant());
            insertLegs(connection, before, changed);
            return changed;
        });
    }

    private void insertLegs(Connection connection, TaskRecord before, TaskRecord changed) throws SQLException {
        Set<String> added = new HashSet<>(TaskSids.of(changed));
        added.removeAll(TaskSids.of(before));
        legs.insert(connection, changed.timeline().task(), added);
    }

    @Override
    public List<TaskRef> tasksOf(AccountSid account, String sid) {
        return database.inTransaction(connection -> legs.find(connection, account, sid));
    }

    @Override
    public void latestOutcomes(int tasks, Consumer<Outcome> each) {
        int left = tasks;
        Optional<Place> next = Optional.of(Place.before(clock.instant().plus(CLOCKS_DIFFER_BY)));
        while (left > 0 && next.isPresent()) {
            Place after = next.get();
            int atMost = left;
            LatestOutcomes.Page page = database.inTransaction(connection -> latest.page(connection, after, atMost));
            page.outcomes().forEach(each);
            left -= page.tasks();
            next = page.next();
        }
    }

    /** Forgets the tasks without a change for this long. */
    void forgetOlderThan(Duration age) {
        int deleted;
        do {
            deleted = database.inTransaction(connection ->
                    rows.deleteOlderThan(connection, clock.instant().minus(age), DELETED_AT_ONCE));
        } while (deleted == DELETED_AT_ONCE);
    }
}
