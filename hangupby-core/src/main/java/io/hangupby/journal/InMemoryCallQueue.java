package io.hangupby.journal;

import io.hangupby.call.TaskRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
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

/** Due and parked tasks in this process's memory: they are lost when it dies. Thread-safe. */
public final class InMemoryCallQueue implements CallQueue {
    private static final Logger log = LoggerFactory.getLogger(InMemoryCallQueue.class);

    private static final int PARKED_AT_MOST = 10_000;

    private final Object lock = new Object();
    private final Map<TaskRef, Item> items = new HashMap<>();
    // In the order in which they were parked; none of them is among the items.
    private final Map<TaskRef, ParkedCall> parked = new LinkedHashMap<>();
    private final ScheduledExecutorService executor;
    private final Clock clock;
    private final int parkedAtMost;
    private Optional<CallWork> work = Optional.empty();
    private boolean stopped;
    private long handings;
    private long forgotten;

    /**
     * @param executor works on the tasks, and waits with those that are due later
     * @param clock says when a task was woken, and when it was parked
     */
    public InMemoryCallQueue(ScheduledExecutorService executor, Clock clock) {
        this(executor, clock, PARKED_AT_MOST);
    }

    InMemoryCallQueue(ScheduledExecutorService executor, Clock clock, int parkedAtMost) {
        this.executor = executor;
        this.clock = clock;
        this.parkedAtMost = parkedAtMost;
    }

    @Override
    public void start(CallWork work, List<Chore> chores) {
        synchronized (lock) {
            this.work = Optional.of(work);
        }
        chores.forEach(chore -> seeTo(chore, Duration.ZERO));
    }

    private void seeTo(Chore chore, Duration in) {
        synchronized (lock) {
            if (!stopped) {
                Future<?> unused = executor.schedule(() -> done(chore), in.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private void done(Chore chore) {
        chore.doIt();
        seeTo(chore, chore.every());
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
                Item due = new Item(clock.instant());
                items.put(task, due);
                hand(task, due, Duration.ZERO);
                return;
            }
            item.told = clock.instant();
            if (item.running) {
                item.woken = true;
            } else if (item.waiting.isPresent()) {
                item.waiting.get().cancel(false);
                hand(task, item, Duration.ZERO);
            }
        }
    }

    @Override
    public Optional<Instant> lastTold(TaskRef task) {
        synchronized (lock) {
            return Optional.ofNullable(items.get(task)).map(item -> item.told);
        }
    }

    @Override
    public int size() {
        synchronized (lock) {
            return items.size();
        }
    }

    @Override
    public List<ParkedCall> parked(int atMost) {
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
    public boolean putBack(TaskRef task) {
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
                log.info("{} tasks are due; going on with them for up to {} s", items.size(), within.toSeconds());
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
     * Each handing out has a number of its own, and only a task's last one counts: cancelling cannot be relied on, because it
     * also succeeds for work that a thread has just begun.
     */
    private void hand(TaskRef task, Item item, Duration in) {
        long handing = ++handings;
        item.handing = handing;
        item.waiting = Optional.of(executor.schedule(() -> run(task, handing), in.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void run(TaskRef task, long handing) {
        begin(task, handing).ifPresent(item -> end(task, item, step(task, item.turn)));
    }

    private Optional<Item> begin(TaskRef task, long handing) {
        synchronized (lock) {
            Optional<Item> handed = Optional.ofNullable(items.get(task)).filter(item -> item.handing == handing);
            handed.ifPresent(item -> {
                item.waiting = Optional.empty();
                item.running = true;
                item.woken = false;
            });
            return handed;
        }
    }

    private Step step(TaskRef task, int turn) {
        try {
            return work.map(now -> now.work(task, turn)).orElseGet(Step.Done::new);
        } catch (RuntimeException | LinkageError bug) {
            log.error("task {}: working on it failed", task, bug);
            return new Step.Parked("an error of hangupby itself; its log has it");
        }
    }

    private void end(TaskRef task, Item item, Step step) {
        synchronized (lock) {
            item.running = false;
            Optional<Duration> later =
                    step.match(done -> Optional.empty(), more -> Optional.of(more.in()), parked -> Optional.empty());
            item.turn = later.isPresent() ? item.turn + 1 : 0;
            if (item.woken) {
                hand(task, item, Duration.ZERO);
            } else if (later.isPresent()) {
                hand(task, item, later.get());
            } else {
                items.remove(task);
                park(task, step);
            }
            lock.notifyAll();
        }
    }

    private void park(TaskRef task, Step step) {
        Optional<String> reason =
                step.match(done -> Optional.empty(), later -> Optional.empty(), stop -> Optional.of(stop.reason()));
        reason.ifPresent(why -> parked.put(task, new ParkedCall(task, clock.instant(), why)));
        if (parked.size() > parkedAtMost) {
            Iterator<TaskRef> longest = parked.keySet().iterator();
            TaskRef first = longest.next();
            longest.remove();
            forgotten++;
            log.warn(
                    "task {}: forgotten, as more than {} tasks are parked; {} forgotten so far",
                    first,
                    parkedAtMost,
                    forgotten);
        }
    }

    /** One task that is due, waiting or being worked on; guarded by the lock. */
    private static final class Item {
        private Optional<ScheduledFuture<?>> waiting = Optional.empty();
        private boolean running;
        private boolean woken;
        private Instant told;
        private long handing;
        private int turn;

        Item(Instant told) {
            this.told = told;
        }
    }
}
