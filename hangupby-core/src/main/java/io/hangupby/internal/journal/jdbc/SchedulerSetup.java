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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How db-scheduler is set up here: for seconds, where its defaults are for minutes. */
class SchedulerSetup {
    private static final Logger log = LoggerFactory.getLogger(SchedulerSetup.class);

    private static final String TABLE = "hangupby_queue";

    /** What another node made due is found this late at the most. */
    private static final Duration POLLS_EVERY = Duration.ofSeconds(1);

    /** A node that missed four of these is dead: eight seconds after its last sign, its work goes to another one. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);

    private static final int MISSED_HEARTBEATS = 4;

    /** Whoever stops it has waited before. */
    private static final Duration WAIT_AT_ITS_END = Duration.ofSeconds(1);

    /** A chore of an account that another node has is no node's to delete; we delete what nobody has taken for long. */
    private static final Duration NEVER = Duration.ofDays(36_500);

    private final TransactionManager database;
    private final Schema schema;
    private final Clock clock;
    private final ScheduledExecutorService threads;
    private final int tasksAtOnce;

    /**
     * @param threads work on the tasks
     * @param tasksAtOnce how many tasks this node works on at once
     */
    SchedulerSetup(
            TransactionManager database,
            Schema schema,
            Clock clock,
            ScheduledExecutorService threads,
            int tasksAtOnce) {
        this.database = database;
        this.schema = schema;
        this.clock = clock;
        this.threads = threads;
        this.tasksAtOnce = tasksAtOnce;
    }

    /** Puts tasks into the table, in the transaction that the calling thread is in. */
    final SchedulerClient client(Task<?> task) {
        return SchedulerClient.Builder.create(database, task)
                .tableName(TABLE)
                .serializer(new AttemptSerializer())
                .jdbcCustomization(schema.dialect())
                .build();
    }

    /** Makes a scheduler that hands out a task's instances, and sees to chores, as long as it runs. */
    final Scheduler scheduler(Task<?> task, List<RecurringTask<Integer>> chores) {
        SchedulerBuilder builder = builder(database, List.of(task))
                .startTasks(chores)
                .tableName(TABLE)
                .serializer(new AttemptSerializer())
                .jdbcCustomization(schema.dialect())
                .schedulerName(new SchedulerName.Fixed("hangupby-" + UUID.randomUUID()))
                .threads(tasksAtOnce)
                .executorService(threads)
                .dueExecutor(Executors.newSingleThreadExecutor(SchedulerSetup::thread))
                .housekeeperExecutor(Executors.newScheduledThreadPool(2, SchedulerSetup::thread))
                .pollingInterval(POLLS_EVERY)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(WAIT_AT_ITS_END)
                .deleteUnresolvedAfter(NEVER)
                .commitWhenAutocommitDisabled(true)
                .clock(clock::instant);
        // Where a database can, it gives different tasks to nodes that ask at once; else they are in each other's way.
        return (schema.dialect().supportsSingleStatementLockAndFetch()
                        ? builder.pollUsingLockAndFetch(0.5, 1.0)
                        : builder.pollUsingFetch(0.5, 1.0))
                .build();
    }

    SchedulerBuilder builder(TransactionManager source, List<Task<?>> tasks) {
        return new SchedulerBuilder(source, tasks);
    }

    /** Does something later, unless this node ends before. */
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
