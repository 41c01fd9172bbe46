package io.hangupby.internal.journal;

import io.hangupby.call.TaskRef;
import io.hangupby.journal.JournalException;
import io.hangupby.journal.ParkedTask;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
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
    private static final int LONGEST_REASON = 1_000;
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    /** The share of the heap for due tasks: a thirty-second at most. */
    private static final int SHARE_OF_THE_HEAP = 32;

    private static final int BYTES_PER_TASK = 512;

    private final Object lock = new Object();
    // In the order in which they became due.
    private final Map<TaskRef, Item> items = new LinkedHashMap<>();
    // In the order in which they were parked; none of them is among the items.
    private final Map<TaskRef, ParkedTask> parked = new LinkedHashMap<>();
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
    private Instant quietUntil = Instant.MIN;
    private long handouts;
    private long forgotten;

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
            if (item == null) {
                parked.remove(task);
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
        park(task, "more than " + dueAtMost + " tasks were due; check how Twilio responds, then call retryParked");
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
            notifyHandler(next.get());
        }
    }

    private void notifyHandler(ParkedTask given) {
        Optional<WorkHandler> now;
        synchronized (lock) {
            now = work;
        }
        try {
            now.ifPresent(handler -> handler.parked(given.task(), given.reason()));
        } catch (RuntimeException | Error bug) {
            log.error("task {}: parked, but the listener for parked tasks failed", given.task(), bug);
        }
    }

    /** Returns the next task to notify of. A task that was retried since is no longer parked. */
    private Optional<ParkedTask> nextGivenUp() {
        synchronized (lock) {
            while (!givenUp.isEmpty()) {
                ParkedTask next = parked.get(givenUp.removeFirst());
                if (next != null) {
                    return Optional.of(next);
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
            return parked.values().stream().limit(atMost).toList();
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
            boolean isParked = parked.containsKey(task);
            if (isParked) {
                wake(task);
            }
            return isParked;
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
        begin(task, handout).ifPresent(item -> end(task, item, step(task, item.turn)));
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
                if (step instanceof WorkResult.Park end) {
                    park(task, end.reason());
                }
            }
            lock.notifyAll();
        }
    }

    private void park(TaskRef task, String reason) {
        String why = reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
        parked.put(task, new ParkedTask(task, clock.instant(), why));
        if (parked.size() > parkedAtMost) {
            Iterator<TaskRef> longest = parked.keySet().iterator();
            TaskRef first = longest.next();
            longest.remove();
            forgotten++;
            logThatItIsForgotten(first);
        }
    }

    private void logThatItIsForgotten(TaskRef task) {
        Instant now = clock.instant();
        if (!now.isBefore(quietUntil)) {
            quietUntil = now.plus(BETWEEN_LINES);
            log.warn(
                    "task {}: forgotten, because more than {} tasks are parked; {} forgotten so far",
                    task,
                    parkedAtMost,
                    forgotten);
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
