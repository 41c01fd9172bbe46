package io.hangupby.internal.journal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Runs what is due on the thread that steps it on, and lets no time pass of itself. Used by several threads. */
public final class SteppedExecutor extends AbstractExecutorService implements ScheduledExecutorService {
    private static final Instant BEGINNING = Instant.parse("2026-09-21T14:00:00Z");

    private final List<Due<?>> waiting = new ArrayList<>();
    private long now;

    /** Returns the clock of whoever lets time pass here. */
    public Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return BEGINNING.plusMillis(now());
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    /** Lets time pass, and runs what becomes due, in its order. */
    public void goOn(Duration by) {
        long until = now() + by.toMillis();
        for (Optional<Due<?>> next = next(until); next.isPresent(); next = next(until)) {
            next.get().run();
        }
        synchronized (this) {
            now = Math.max(now, until);
        }
    }

    /** Runs what is due now. */
    void run() {
        goOn(Duration.ZERO);
    }

    /** Returns in how many milliseconds each of what waits is due, soonest first. */
    synchronized List<Long> waits() {
        return waiting.stream()
                .filter(due -> !due.isCancelled())
                .map(due -> due.at - now)
                .sorted()
                .toList();
    }

    private synchronized long now() {
        return now;
    }

    private synchronized Optional<Due<?>> next(long until) {
        waiting.removeIf(FutureTask::isCancelled);
        Optional<Due<?>> next =
                waiting.stream().filter(due -> due.at <= until).min(Comparator.comparingLong(due -> due.at));
        next.ifPresent(due -> {
            waiting.remove(due);
            now = Math.max(now, due.at);
        });
        return next;
    }

    @Override
    public synchronized ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        Due<?> due = new Due<>(command, now + unit.toMillis(delay));
        waiting.add(due);
        return due;
    }

    @Override
    public void execute(Runnable command) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {}

    @Override
    public synchronized List<Runnable> shutdownNow() {
        waiting.clear();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
    }

    /** Something that is due at a moment. */
    private final class Due<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final long at;

        @SuppressWarnings("NullAway") // A Runnable has no result.
        Due(Runnable command, long at) {
            super(command, null);
            this.at = at;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - now(), TimeUnit.MILLISECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.MILLISECONDS), other.getDelay(TimeUnit.MILLISECONDS));
        }
    }
}
