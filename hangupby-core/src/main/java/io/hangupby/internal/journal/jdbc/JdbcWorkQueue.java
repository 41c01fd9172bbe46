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
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Due tasks in a database, shared by its nodes: db-scheduler leases each to one node at a time, and gives it to another one
 * when a node dies. Thread-safe.
 */
final class JdbcWorkQueue implements WorkQueue {
    private static final Logger log = LoggerFactory.getLogger(JdbcWorkQueue.class);

    private static final String CALL = "call";

    /** How long to leave a task alone on which not even a turn could begin, or end, because the database failed. */
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(2);

    /** A row that is not understood is looked at less and less often: 170 times make about a week. */
    private static final long FIRST_PASS_SECONDS = 10;

    private static final long LONGEST_PASS_SECONDS = Duration.ofHours(1).toSeconds();
    private static final int PASSED_OVER_AT_MOST = 170;

    private final TransactionManager database;
    private final SchedulerSetup setup;
    private final TaskTable rows = new TaskTable();
    private final Clock clock;
    private final SchedulerClient client;
    private final CustomTask<Integer> calls;
    private final Object lock = new Object();
    private final AtomicBoolean passedOver = new AtomicBoolean();
    private Set<String> chores = Set.of();
    private Optional<WorkHandler> work = Optional.empty();
    private Optional<Scheduler> scheduler = Optional.empty();
    private int running;

    /**
     * @param setup makes the scheduler of this node
     */
    JdbcWorkQueue(TransactionManager database, SchedulerSetup setup, Clock clock) {
        this.database = database;
        this.setup = setup;
        this.clock = clock;
        this.calls = Tasks.custom(CALL, Integer.class)
                .onDeadExecutionRevive()
                .onFailure((failed, operations) -> inItsTurn(
                        () -> operations.reschedule(failed, clock.instant().plus(AFTER_A_FAILURE))))
                .execute((instance, context) -> turn(instance));
        this.client = setup.client(calls);
    }

    @Override
    public void start(WorkHandler work, List<RecurringJob> chores) {
        List<RecurringTask<Integer>> recurring =
                chores.stream().map(JdbcWorkQueue::recurring).toList();
        Scheduler started = setup.scheduler(calls, recurring);
        synchronized (lock) {
            this.work = Optional.of(work);
            this.scheduler = Optional.of(started);
            this.chores = chores.stream().map(RecurringJob::name).collect(Collectors.toUnmodifiableSet());
        }
        started.start();
        recurring.forEach(chore -> seeToNow(started, chore.instanceId(RecurringTask.INSTANCE)));
    }

    private static RecurringTask<Integer> recurring(RecurringJob chore) {
        return Tasks.recurring(chore.name(), FixedDelay.of(chore.interval()), Integer.class)
                .initialData(0)
                .execute((instance, context) -> chore.run());
    }

    /** A node that starts may have come to look for what was missed while none was there. */
    private void seeToNow(Scheduler started, TaskInstanceId chore) {
        database.inTransaction(connection -> bringForward(started, chore));
        started.triggerCheckForDueExecutions();
    }

    /** Makes due what waits; where it has just been begun, there is nothing to bring forward. */
    private boolean bringForward(SchedulerClient by, TaskInstanceId waiting) {
        try {
            return by.reschedule(waiting, clock.instant());
        } catch (TaskInstanceCurrentlyExecutingException | ExecutionException begun) {
            return false;
        }
    }

    /** Where the task is being worked on, the end of that finds that more was told since, and begins again. */
    @Override
    public void wake(TaskRef task) {
        database.inTransaction(connection -> {
            rows.touch(connection, task, clock.instant());
            rows.retryParked(connection, task);
            makeDue(task);
            return task;
        });
    }

    private void makeDue(TaskRef task) {
        TaskInstance<Integer> instance = calls.instance(InstanceId.of(task), 0);
        if (!client.scheduleIfNotExists(instance, clock.instant())) {
            bringForward(client, instance);
        }
        database.afterCommit(this::look);
    }

    private void look() {
        Optional<Scheduler> started;
        synchronized (lock) {
            started = scheduler;
        }
        started.ifPresent(Scheduler::triggerCheckForDueExecutions);
    }

    @Override
    public Optional<Instant> lastTold(TaskRef task) {
        return database.inTransaction(connection -> rows.changedAt(connection, task));
    }

    @Override
    public int size() {
        return database.inTransaction(connection -> rows.countDue(connection, CALL));
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

    /** What is due stays in the database, for the other nodes or the next start; only what was begun is waited for. */
    @Override
    public List<TaskRef> stop(Duration within) {
        Optional<Scheduler> started;
        synchronized (lock) {
            started = scheduler;
            scheduler = Optional.empty();
        }
        started.ifPresent(scheduling -> {
            scheduling.pause();
            awaitEnd(within);
            scheduling.stop();
        });
        return List.of();
    }

    private void awaitEnd(Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        synchronized (lock) {
            long left = within.toMillis();
            while (running > 0 && left > 0) {
                try {
                    lock.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            }
        }
    }

    private CompletionHandler<Integer> turn(TaskInstance<Integer> instance) {
        Optional<TaskRef> task = InstanceId.parse(instance.getId());
        Optional<Integer> turn = turnOf(instance);
        return task.isPresent() && turn.isPresent() ? turn(task.get(), turn.get()) : this::passOver;
    }

    private static Optional<Integer> turnOf(TaskInstance<Integer> instance) {
        try {
            return Optional.of(instance.getData());
        } catch (RuntimeException notUnderstood) {
            return Optional.empty();
        }
    }

    /** Leaves a row as it is for a node whose version may understand it, and deletes it when for about a week none did. */
    private void passOver(ExecutionComplete done, ExecutionOperations<Integer> operations) {
        if (passedOver.compareAndSet(false, true)) {
            log.warn("hangupby_queue holds a row that this version of hangupby does not understand; it is left to other"
                    + " nodes, and deleted after about a week. Not said again");
        }
        int failures = done.getExecution().consecutiveFailures;
        if (failures >= PASSED_OVER_AT_MOST) {
            inItsTurn(operations::remove);
            return;
        }
        Instant now = clock.instant();
        Duration wait =
                Duration.ofSeconds(Math.min(LONGEST_PASS_SECONDS, FIRST_PASS_SECONDS << Math.min(failures, 10)));
        ExecutionComplete notUnderstood =
                ExecutionComplete.failure(done.getExecution(), now, now, new IllegalStateException("not understood"));
        inItsTurn(() -> operations.reschedule(notUnderstood, now.plus(wait)));
    }

    /** Outside of a transaction of ours, each thread that works on a task could take a connection for itself. */
    private void inItsTurn(Runnable ending) {
        database.inTransaction(connection -> {
            ending.run();
            return true;
        });
    }

    private CompletionHandler<Integer> turn(TaskRef task, int turn) {
        begun();
        try {
            long told = database.inTransaction(connection -> rows.told(connection, task));
            WorkResult step = step(task, turn);
            return (done, operations) -> {
                try {
                    end(task, new Turn(turn, told, step), done, operations);
                } finally {
                    ended();
                }
            };
        } catch (RuntimeException | Error failure) {
            ended();
            throw failure;
        }
    }

    private WorkResult step(TaskRef task, int turn) {
        Optional<WorkHandler> todo;
        synchronized (lock) {
            todo = work;
        }
        try {
            return todo.map(now -> now.work(task, turn)).orElseGet(WorkResult.Complete::new);
        } catch (JournalException failure) {
            throw failure;
        } catch (RuntimeException | LinkageError bug) {
            log.error("task {}: working on it failed", task, bug);
            return new WorkResult.Park("an error of hangupby itself; its log has it");
        }
    }

    /** Whether more was told in the meantime is found out in the transaction that ends the work, so that no wake is lost. */
    private void end(TaskRef task, Turn turn, ExecutionComplete done, ExecutionOperations<Integer> operations) {
        Instant now = clock.instant();
        AtomicBoolean wasTried = new AtomicBoolean();
        database.inTransaction(connection -> {
            boolean isRepeated = wasTried.getAndSet(true);
            boolean more = rows.lockTold(connection, task) != turn.told();
            Optional<Duration> later = turn.step()
                    .match(end -> Optional.empty(), wait -> Optional.of(wait.in()), parked -> Optional.empty());
            if (more || later.isPresent()) {
                Duration in = more ? Duration.ZERO : later.orElse(Duration.ZERO);
                database.afterCommit(() -> setup.in(in, this::look));
                unlessDone(
                        isRepeated,
                        () -> operations.reschedule(done, now.plus(in), later.isPresent() ? turn.number() + 1 : 0));
            } else {
                if (turn.step() instanceof WorkResult.Park parked) {
                    rows.park(connection, task, parked.reason(), now);
                }
                unlessDone(isRepeated, operations::remove);
            }
            return task;
        });
    }

    /** Where the attempt before was committed without our knowing, the row that it left is not ours to change any more. */
    private static void unlessDone(boolean isRepeated, Runnable ending) {
        try {
            ending.run();
        } catch (ExecutionException changed) {
            if (!isRepeated) {
                throw changed;
            }
        }
    }

    /** Deletes what has been due for so long that nobody can want it any more, of kinds that this version knows, and others. */
    void forgetOlderThan(Duration age) {
        Set<String> kept;
        synchronized (lock) {
            kept = chores;
        }
        int deleted = database.inTransaction(connection ->
                rows.deleteQueuedBefore(connection, clock.instant().minus(age), kept));
        if (deleted > 0) {
            log.info("deleted {} rows of hangupby_queue that no node had taken for {} days", deleted, age.toDays());
        }
    }

    private void begun() {
        synchronized (lock) {
            running++;
        }
    }

    private void ended() {
        synchronized (lock) {
            running--;
            lock.notifyAll();
        }
    }

    /**
     * A turn of work on a task.
     *
     * @param told how often something had been told of the task when it began
     * @param step how it ended
     */
    private record Turn(int number, long told, WorkResult step) {}
}
