package io.hangupby.internal.journal.jdbc;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceException;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.hangupby.internal.journal.RecurringJob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The recurring jobs of this node. Each has a row in the queue, which the nodes share. Immutable. */
final class RecurringJobs {
    private final TransactionManager database;
    private final Tables tables;
    private final Clock clock;
    private final List<RecurringTask<Integer>> tasks;

    RecurringJobs(TransactionManager database, Tables tables, Clock clock, List<RecurringJob> jobs) {
        this.database = database;
        this.tables = tables;
        this.clock = clock;
        this.tasks = jobs.stream().map(RecurringJobs::task).toList();
    }

    private static RecurringTask<Integer> task(RecurringJob job) {
        return Tasks.recurring(job.name(), FixedDelay.of(job.interval()), Integer.class)
                .initialData(0)
                .execute((instance, context) -> job.run());
    }

    List<RecurringTask<Integer>> tasks() {
        return tasks;
    }

    Set<String> names() {
        return tasks.stream().map(RecurringTask::getName).collect(Collectors.toUnmodifiableSet());
    }

    /** Runs the jobs at once, because events may have been missed while no node ran. */
    void runNow(Scheduler started) {
        for (RecurringTask<Integer> task : tasks) {
            database.inTransaction(connection -> makeDue(started, task));
            started.triggerCheckForDueExecutions();
        }
    }

    private boolean makeDue(Scheduler started, RecurringTask<Integer> task) {
        try {
            return started.reschedule(task.getDefaultTaskInstance(), clock.instant());
        } catch (TaskInstanceException notWaiting) {
            // A node has just started it, or has just deleted it as abandoned.
            return started.scheduleIfNotExists(task.instance(RecurringTask.INSTANCE, 0), clock.instant());
        }
    }

    /**
     * Returns the jobs in the queue that this node does not have, by name, with the versions of their rows: the recovery of an
     * account that was taken out of the settings, for example.
     */
    Map<String, Long> foreign() {
        return database.inTransaction(connection -> {
            Map<String, Long> found = versions(connection);
            found.keySet().removeAll(names());
            return found;
        });
    }

    private Map<String, Long> versions(Connection connection) throws SQLException {
        Map<String, Long> versions = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                tables.in("select task_name, version from hangupby_queue where task_instance = ?"))) {
            select.setString(1, RecurringTask.INSTANCE);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    versions.put(found.getString(1), found.getLong(2));
                }
            }
        }
        return versions;
    }

    /**
     * Deletes jobs that nobody has any more: db-scheduler warns of each of them at every start. A node that has started since has
     * made its jobs due, so that their rows have other versions.
     *
     * @param foreign from {@link #foreign}, read before this node joined the others
     */
    void deleteAbandoned(Map<String, Long> foreign, LiveNodes nodes) {
        if (foreign.isEmpty()) {
            return;
        }
        database.inTransaction(connection -> {
            boolean isAlone = nodes.others(connection) == 0;
            if (isAlone) {
                delete(connection, foreign);
            }
            return isAlone;
        });
    }

    private void delete(Connection connection, Map<String, Long> foreign) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                tables.in("delete from hangupby_queue where task_name = ? and task_instance = ? and version = ?"))) {
            for (Map.Entry<String, Long> job : foreign.entrySet()) {
                delete.setString(1, job.getKey());
                delete.setString(2, RecurringTask.INSTANCE);
                delete.setLong(3, job.getValue());
                delete.executeUpdate();
            }
        }
    }
}
