package io.hangupby.internal.journal;

import io.hangupby.call.TaskRef;
import io.hangupby.journal.JournalException;
import io.hangupby.journal.ParkedTask;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Due and parked tasks in this process's memory. They are lost when the process dies. The memory is bounded, and no task is
 * rejected. Beyond the bounds, the task that was due longest is parked, and the task that was parked longest is forgotten.
 * Thread-safe.
 */
public final class InMemoryWorkQueue implements WorkQueue {
    private static final Logger log = LoggerFactory.getLogger(InMemoryWorkQueue.class);

    private static final int PARKED_AT_MOST = 10_000;

    /** The share of the heap for due tasks: a thirty-second at most. */
    private static final int SHARE_OF_THE_HEAP = 32;

    private static final int BYTES_PER_TASK = 512;

    private final Object lock = new Object();
    // In the order in which they became due.
    private final Map<TaskRef, Item> items = new LinkedHashMap<>();
    // None of them is among the items, once the handler was notified.
    private final ParkedTasks parked;
    private final ScheduledExecutorService executor;
    private final Clock clock;
    private final int dueAtMost;
    private final int parkedAtMost;
    private Optional<WorkHandler> work = Optional.empty();
    private boolean stopped;
    private boolean isFullLogged;
    // Parked because too many were due; the handler does not know yet.
    private final Deque<TaskRef> givenUp = new ArrayDeque<>();
    private boolean isNotifying;
    private long handouts;

    /**
     * @param executor works on the tasks, and waits with those that are due later
     * @param clock says when a task was woken or parked
     */
    public InMemoryWorkQueue(ScheduledExecutorService executor, Clock clock) {
        this(executor, clock, defaultDueAtMost(), Math.min(PARKED_AT_MOST, defaultDueAtMost()));
    }

    InMemoryWorkQueue(ScheduledExecutorService executor, Clock clock, int dueAtMost, int parkedAtMost) {
        this.executor = executor;
        this.clock = clock;
        this.dueAtMost = dueAtMost;
        this.parkedAtMost = parkedAtMost;
        this.parked = new ParkedTasks(clock, parkedAtMost);
    }

    private static int defaultDueAtMost() {
        long tasks = Runtime.getRuntime().maxMemory() / SHARE_OF_THE_HEAP / BYTES_PER_TASK;
        return (int) Math.min(1_000_000, tasks);
    }

    @Override
    public void start(WorkHandler work, List<RecurringJob> jobs) {
        synchronized (lock) {
            this.work = Optional.of(work);
        }
        jobs.forEach(job -> schedule(job, Duration.ZERO));
    }

    private void schedule(RecurringJob job, Duration in) {
        synchronized (lock) {
            if (!stopped) {
                Future<?> unused = executor.schedule(() -> runAndReschedule(job), in.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private void runAndReschedule(RecurringJob job) {
        job.run();
        schedule(job, job.interval());
    }

    @Override
    public void wake(TaskRef task) {
        synchronized (lock) {
            Item item = items.get(task);
            if (item == null && stopped) {
                throw new JournalException("hangupby is shutting down");
            }
            parked.remove(task);
            if (item == null) {
                makeRoom();
                Item due = new Item(clock.instant());
                items.put(task, due);
                hand(task, due, Duration.ZERO);
                return;
            }
            item.changedAt = clock.instant();
            if (item.running) {
                item.woken = true;
            } else if (item.waiting.isPresent()) {
                item.waiting.get().cancel(false);
                hand(task, item, Duration.ZERO);
            }
        }
    }

    /** Parks the task that was due longest, because its value is the first that is too late. */
    private void makeRoom() {
        if (items.size() < dueAtMost) {
            return;
        }
        items.entrySet().stream()
                .filter(item -> !item.getValue().running)
                .map(Map.Entry::getKey)
                .findFirst()
                .ifPresent(this::giveUp);
    }

    private void giveUp(TaskRef task) {
        Optional.ofNullable(items.remove(task))
                .flatMap(item -> item.waiting)
                .ifPresent(waiting -> waiting.cancel(false));
        parked.add(
                task, "more than " + dueAtMost + " tasks were due; check how Twilio responds, then call retryParked");
        if (!isFullLogged) {
            isFullLogged = true;
            log.warn(
                    "More than {} tasks are due; those that were due longest are parked, see HangUpBy.parked()."
                            + " Check how Twilio responds. Logged once",
                    dueAtMost);
        }
        notifySoon(task);
    }

    /** Notifies the handler on a thread of the executor, because the caller holds the lock and must not wait for a listener. */
    private void notifySoon(TaskRef task) {
        givenUp.addLast(task);
        if (givenUp.size() > parkedAtMost) {
            // Forgotten by now; the log has a line.
            givenUp.removeFirst();
        }
        if (!isNotifying) {
            isNotifying = true;
            Future<?> unused = executor.schedule(this::notifyGivenUp, 0, TimeUnit.MILLISECONDS);
        }
    }

    private void notifyGivenUp() {
        for (Optional<ParkedTask> next = nextGivenUp(); next.isPresent(); next = nextGivenUp()) {
            notifyHandler(next.get().task(), next.get().reason());
        }
    }

    private void notifyHandler(TaskRef task, String reason) {
        Optional<WorkHandler> now;
        synchronized (lock) {
            now = work;
        }
        try {
            now.ifPresent(handler -> handler.parked(task, reason));
        } catch (RuntimeException | Error bug) {
            log.error("task {}: parked, but the listener for parked tasks failed", task, bug);
        }
    }

    /** Returns the next task to notify of. A task that was retried since is no longer parked. */
    private Optional<ParkedTask> nextGivenUp() {
        synchronized (lock) {
            while (!givenUp.isEmpty()) {
                Optional<ParkedTask> next = parked.find(givenUp.removeFirst());
                if (next.isPresent()) {
                    return next;
                }
            }
            isNotifying = false;
            return Optional.empty();
        }
    }

    @Override
    public Optional<Instant> changedAt(TaskRef task) {
        synchronized (lock) {
            return Optional.ofNullable(items.get(task)).map(item -> item.changedAt);
        }
    }

    @Override
    public int size() {
        synchronized (lock) {
            return items.size();
        }
    }

    @Override
    public List<ParkedTask> parked(int atMost) {
        synchronized (lock) {
            return parked.longest(atMost);
        }
    }

    @Override
    public int parkedCount() {
        synchronized (lock) {
            return parked.size();
        }
    }

    @Override
    public boolean retryParked(TaskRef task) {
        synchronized (lock) {
            boolean isParked = parked.find(task).isPresent();
            if (isParked) {
                wake(task);
            }
            return isParked;
        }
    }

    @Override
    public void forgetParked(TaskRef task) {
        synchronized (lock) {
            parked.remove(task);
        }
    }

    @Override
    public List<TaskRef> stop(Duration within) {
        synchronized (lock) {
            stopped = true;
            if (!items.isEmpty()) {
                log.info("tasks that are due: {}; going on with them for up to {} s", items.size(), within.toSeconds());
            }
            long deadline = System.nanoTime() + within.toNanos();
            long left = within.toMillis();
            while (!items.isEmpty() && left > 0) {
                try {
                    lock.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    break;
                }
                left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            }
            return List.copyOf(items.keySet());
        }
    }

    /**
     * Schedules a run of a task. Each run has a number, and only a task's latest run counts: cancelling also succeeds for a run
     * that a thread has just started.
     */
    private void hand(TaskRef task, Item item, Duration in) {
        long handout = ++handouts;
        item.handout = handout;
        item.waiting = Optional.of(executor.schedule(() -> run(task, handout), in.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void run(TaskRef task, long handout) {
        begin(task, handout).ifPresent(item -> {
            WorkResult step = step(task, item.turn);
            if (step instanceof WorkResult.Park end && parkUnlessWoken(task, item, end.reason())) {
                notifyHandler(task, end.reason());
            }
            end(task, item, step);
        });
    }

    private Optional<Item> begin(TaskRef task, long handout) {
        synchronized (lock) {
            Optional<Item> handed = Optional.ofNullable(items.get(task)).filter(item -> item.handout == handout);
            handed.ifPresent(item -> {
                item.waiting = Optional.empty();
                item.running = true;
                item.woken = false;
            });
            return handed;
        }
    }

    private WorkResult step(TaskRef task, int turn) {
        try {
            return work.map(now -> now.work(task, turn)).orElseGet(WorkResult.Complete::new);
        } catch (RuntimeException | Error bug) {
            log.error("task {}: working on it failed", task, bug);
            return new WorkResult.Park("an error of hangupby itself; see its log");
        }
    }

    /**
     * Parks a task, unless it was woken, and returns whether it did. The task counts as running until its handler was notified, so
     * that no other run begins.
     */
    private boolean parkUnlessWoken(TaskRef task, Item item, String reason) {
        synchronized (lock) {
            if (!item.woken) {
                parked.add(task, reason);
            }
            return !item.woken;
        }
    }

    private void end(TaskRef task, Item item, WorkResult step) {
        synchronized (lock) {
            item.running = false;
            Optional<Duration> later = step.match(
                    complete -> Optional.empty(), more -> Optional.of(more.in()), parked -> Optional.empty());
            item.turn = later.isPresent() ? item.turn + 1 : 0;
            if (item.woken) {
                hand(task, item, Duration.ZERO);
            } else if (later.isPresent()) {
                hand(task, item, later.get());
            } else {
                items.remove(task);
            }
            lock.notifyAll();
        }
    }

    /** A task that is due, waits or is worked on. Guarded by the lock. */
    private static final class Item {
        private Optional<ScheduledFuture<?>> waiting = Optional.empty();
        private boolean running;
        private boolean woken;
        private Instant changedAt;
        private long handout;
        private int turn;

        Item(Instant changedAt) {
            this.changedAt = changedAt;
        }
    }
}
