package io.hangupby.internal.journal.jdbc;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.hangupby.internal.DaemonThreads;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Configures db-scheduler to react within seconds, where its defaults are minutes. */
class SchedulerSetup {
    private static final Logger log = LoggerFactory.getLogger(SchedulerSetup.class);

    /** A task that another node made due is found after this time at the latest. */
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    /** A node that missed four heartbeats is dead: eight seconds after its last heartbeat, another node takes over its work. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);

    private static final int MISSED_HEARTBEATS = 4;

    /** The caller has waited for the work before. */
    private static final Duration WAIT_AT_ITS_END = Duration.ofSeconds(1);

    /**
     * db-scheduler must not delete jobs of accounts that only other nodes have. We delete rows that no node has taken for long.
     */
    private static final Duration NEVER = Duration.ofDays(36_500);

    private final TransactionManager database;
    private final Tables tables;
    private final Clock clock;
    private final ScheduledExecutorService threads;
    private final int tasksAtOnce;

    /**
     * @param threads work on the tasks
     * @param tasksAtOnce how many tasks this node works on at once
     */
    SchedulerSetup(
            TransactionManager database,
            Tables tables,
            Clock clock,
            ScheduledExecutorService threads,
            int tasksAtOnce) {
        this.database = database;
        this.tables = tables;
        this.clock = clock;
        this.threads = threads;
        this.tasksAtOnce = tasksAtOnce;
    }

    final Tables tables() {
        return tables;
    }

    /** Returns a client that writes into the calling thread's transaction. */
    final SchedulerClient client(Task<?> task) {
        return SchedulerClient.Builder.create(new SchedulerDataSource(database), task)
                .tableName(tables.queue())
                .serializer(new AttemptSerializer())
                .jdbcCustomization(tables.product().dialect())
                .build();
    }

    /** Returns a scheduler that hands out a task's instances, and runs recurring jobs. */
    final Scheduler scheduler(Task<?> task, List<RecurringTask<Integer>> jobs) {
        return builder(new SchedulerDataSource(database), List.of(task))
                .startTasks(jobs)
                .tableName(tables.queue())
                .serializer(new AttemptSerializer())
                .jdbcCustomization(tables.product().dialect())
                .schedulerName(new SchedulerName.Fixed("hangupby-" + UUID.randomUUID()))
                .threads(tasksAtOnce)
                .executorService(threads)
                .dueExecutor(Executors.newSingleThreadExecutor(SchedulerSetup::thread))
                .housekeeperExecutor(Executors.newScheduledThreadPool(2, SchedulerSetup::thread))
                .pollingInterval(POLL_INTERVAL)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(WAIT_AT_ITS_END)
                .deleteUnresolvedAfter(NEVER)
                .commitWhenAutocommitDisabled(true)
                // A task for each thread, and the next tasks when half of the threads are free.
                .pollUsingLockAndFetch(0.5, 1.0)
                .clock(clock::instant)
                .build();
    }

    SchedulerBuilder builder(DataSource source, List<Task<?>> tasks) {
        return new SchedulerBuilder(source, tasks);
    }

    /** Runs an action later, unless this node stops first. */
    void in(Duration wait, Runnable what) {
        try {
            Future<?> unused = threads.schedule(what, wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ending) {
            log.trace("left to the other nodes", ending);
        }
    }

    private static Thread thread(Runnable work) {
        return DaemonThreads.of(work, "hangupby-queue");
    }
}
