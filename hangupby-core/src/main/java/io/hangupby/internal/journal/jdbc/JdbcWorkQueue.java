package io.hangupby.internal.journal.jdbc;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.hangupby.call.TaskRef;
import io.hangupby.internal.journal.RecurringJob;
import io.hangupby.internal.journal.WorkHandler;
import io.hangupby.internal.journal.WorkQueue;
import io.hangupby.internal.journal.WorkResult;
import io.hangupby.journal.JournalException;
import io.hangupby.journal.ParkedTask;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Due tasks in a database that several nodes share. db-scheduler leases each task to one node at a time, and gives the task to
 * another node when a node dies. Thread-safe.
 */
final class JdbcWorkQueue implements WorkQueue {
    private static final Logger log = LoggerFactory.getLogger(JdbcWorkQueue.class);

    private static final String TASK_NAME = "call";

    /** The wait after a turn that could not start or end, because the database failed. */
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(2);

    private final TransactionManager database;
    private final SchedulerSetup setup;
    private final TaskTable rows;
    private final Clock clock;
    private final SchedulerClient client;
    private final CustomTask<Integer> tasks;
    private final Object lock = new Object();
    private final UnreadableRows unreadable;
    private final Parking parking;
    private final WaitingTasks waiting = new WaitingTasks();
    private final RunningTurns running = new RunningTurns();
    private final LiveNodes nodes;
    private Set<String> jobs = Set.of();
    private volatile Optional<WorkHandler> work = Optional.empty();
    private Optional<Scheduler> scheduler = Optional.empty();

    /**
     * @param setup creates the scheduler of this node
     */
    JdbcWorkQueue(TransactionManager database, SchedulerSetup setup, Clock clock) {
        this.database = database;
        this.setup = setup;
        this.rows = new TaskTable(setup.tables());
        this.clock = clock;
        this.unreadable = new UnreadableRows(database, clock);
        this.parking = new Parking(database, rows, clock);
        this.nodes = new LiveNodes(database, setup.tables(), clock);
        this.tasks = Tasks.custom(TASK_NAME, Integer.class)
                .onDeadExecutionRevive()
                .onFailure((failed, operations) -> database.runInTransaction(
                        () -> operations.reschedule(failed, clock.instant().plus(AFTER_A_FAILURE))))
                .execute((instance, context) -> turn(instance));
        this.client = setup.client(tasks);
    }

    @Override
    public void start(WorkHandler work, List<RecurringJob> jobs) {
        RecurringJobs recurring = new RecurringJobs(database, setup.tables(), clock, jobs);
        Scheduler started = setup.scheduler(tasks, recurring.tasks());
        this.work = Optional.of(work);
        synchronized (lock) {
            this.scheduler = Optional.of(started);
            this.jobs = recurring.names();
        }
        Map<String, Long> foreign = recurring.foreign();
        nodes.join();
        recurring.deleteAbandoned(foreign, nodes);
        started.start();
        recurring.runNow(started);
    }

    /** Makes a waiting task due, unless a node has just started it. */
    private boolean bringForward(TaskInstanceId waiting) {
        try {
            return client.reschedule(waiting, clock.instant());
        } catch (TaskInstanceCurrentlyExecutingException | ExecutionException executing) {
            return false;
        }
    }

    /** If a node works on the task now, the end of that work finds a new revision, and starts again. */
    @Override
    public void wake(TaskRef task) {
        database.inTransaction(connection -> {
            rows.touch(connection, task, clock.instant());
            rows.retryParked(connection, task);
            makeDue(task);
            return task;
        });
    }

    @Override
    public void wakeIfWaiting(TaskRef task, BooleanSupplier isDue) {
        if (waiting.contains(task)) {
            setup.in(Duration.ZERO, () -> wakeIf(task, isDue));
        }
    }

    private void wakeIf(TaskRef task, BooleanSupplier isDue) {
        try {
            if (isDue.getAsBoolean()) {
                wake(task);
            }
        } catch (JournalException failure) {
            log.debug("task {}: could not be woken, and waits for its next turn", task, failure);
        }
    }

    private void makeDue(TaskRef task) {
        TaskInstance<Integer> instance = tasks.instance(InstanceId.of(task), 0);
        if (!client.scheduleIfNotExists(instance, clock.instant())) {
            bringForward(instance);
        }
        database.afterCommit(this::pollNow);
    }

    private void pollNow() {
        Optional<Scheduler> started;
        synchronized (lock) {
            started = scheduler;
        }
        started.ifPresent(Scheduler::triggerCheckForDueExecutions);
    }

    /** Returns how many nodes live on this database, this node included. */
    int liveNodes() {
        return nodes.count();
    }

    @Override
    public Optional<Instant> changedAt(TaskRef task) {
        return database.inTransaction(connection -> rows.changedAt(connection, task));
    }

    @Override
    public int size() {
        return database.inTransaction(connection -> rows.countDue(connection, TASK_NAME));
    }

    @Override
    public List<ParkedTask> parked(int atMost) {
        return database.inTransaction(connection -> rows.parked(connection, atMost));
    }

    @Override
    public int parkedCount() {
        return database.inTransaction(rows::countParked);
    }

    @Override
    public boolean retryParked(TaskRef task) {
        return database.inTransaction(connection -> {
            boolean wasParked = rows.retryParked(connection, task);
            if (wasParked) {
                rows.touch(connection, task, clock.instant());
                makeDue(task);
            }
            return wasParked;
        });
    }

    /** Due tasks stay in the database for the other nodes or the next start. This method waits only for the work in progress. */
    @Override
    public List<TaskRef> stop(Duration within) {
        Optional<Scheduler> started;
        synchronized (lock) {
            started = scheduler;
            scheduler = Optional.empty();
        }
        started.ifPresent(scheduling -> {
            scheduling.pause();
            running.awaitNone(within);
            scheduling.stop();
            nodes.leave();
        });
        return List.of();
    }

    private CompletionHandler<Integer> turn(TaskInstance<Integer> instance) {
        Optional<TaskRef> task = InstanceId.parse(instance.getId());
        Optional<Integer> turn = turnOf(instance);
        return task.isPresent() && turn.isPresent() ? turn(task.get(), turn.get()) : unreadable;
    }

    private static Optional<Integer> turnOf(TaskInstance<Integer> instance) {
        try {
            return Optional.of(instance.getData());
        } catch (RuntimeException notUnderstood) {
            return Optional.empty();
        }
    }

    private CompletionHandler<Integer> turn(TaskRef task, int turn) {
        running.begin();
        try {
            long revision = database.inTransaction(connection -> rows.begin(connection, task));
            WorkResult step = step(task, turn);
            return (done, operations) -> {
                try {
                    end(task, new Turn(turn, revision, step), done, operations);
                } finally {
                    running.end();
                }
            };
        } catch (RuntimeException | Error failure) {
            running.end();
            throw failure;
        }
    }

    private WorkResult step(TaskRef task, int turn) {
        try {
            return work.map(now -> now.work(task, turn)).orElseGet(WorkResult.Complete::new);
        } catch (JournalException failure) {
            throw failure;
        } catch (RuntimeException | LinkageError bug) {
            log.error("task {}: working on it failed", task, bug);
            return new WorkResult.Park("an error of hangupby itself; see its log");
        }
    }

    /**
     * Ends a turn. A task that waits is entered before its revision is compared: an event is either part of that revision, or its
     * append finds the task here.
     */
    private void end(TaskRef task, Turn turn, ExecutionComplete done, ExecutionOperations<Integer> operations) {
        Optional<Duration> later =
                turn.step().match(end -> Optional.empty(), wait -> Optional.of(wait.in()), parked -> Optional.empty());
        if (turn.step() instanceof WorkResult.Park end) {
            parking.park(task, turn.revision(), end.reason(), work);
        }
        later.ifPresent(wait -> waiting.enter(task, turn));
        try {
            end(task, turn, later, done, operations);
        } catch (RuntimeException | Error failure) {
            waiting.leave(task, turn);
            throw failure;
        }
    }

    /** Compares the revision in the transaction that ends the turn, so that no wake is lost. */
    private void end(
            TaskRef task,
            Turn turn,
            Optional<Duration> later,
            ExecutionComplete done,
            ExecutionOperations<Integer> operations) {
        Instant now = clock.instant();
        AtomicBoolean wasTried = new AtomicBoolean();
        database.inTransaction(connection -> {
            boolean isRepeated = wasTried.getAndSet(true);
            boolean isChanged = rows.lockRevision(connection, task) != turn.revision();
            if (isChanged || later.isPresent()) {
                Duration in = isChanged ? Duration.ZERO : later.orElse(Duration.ZERO);
                database.afterCommit(() -> setup.in(in, () -> goOn(task, turn)));
                unlessCommitted(
                        isRepeated,
                        () -> operations.reschedule(done, now.plus(in), later.isPresent() ? turn.number() + 1 : 0));
            } else {
                unlessCommitted(isRepeated, operations::remove);
            }
            return task;
        });
    }

    private void goOn(TaskRef task, Turn turn) {
        waiting.leave(task, turn);
        pollNow();
    }

    /**
     * Ignores a failure of a repeated attempt: the attempt before may have been committed, and its row is no longer ours to
     * change.
     */
    private static void unlessCommitted(boolean isRepeated, Runnable ending) {
        try {
            ending.run();
        } catch (ExecutionException changed) {
            if (!isRepeated) {
                throw changed;
            }
        }
    }

    /**
     * Deletes rows that no node has taken for this long, also rows of kinds that this version does not know, but not those of
     * recurring jobs.
     */
    void forgetOlderThan(Duration age) {
        Set<String> kept;
        synchronized (lock) {
            kept = jobs;
        }
        int deleted = database.inTransaction(connection ->
                rows.deleteQueuedBefore(connection, clock.instant().minus(age), kept));
        if (deleted > 0) {
            log.info("deleted {} rows of hangupby_queue that no node had taken for {} days", deleted, age.toDays());
        }
    }

    /**
     * A turn of work on a task.
     *
     * @param revision the task's revision when the turn started
     * @param step the result of the turn
     */
    private record Turn(int number, long revision, WorkResult step) {}
}
