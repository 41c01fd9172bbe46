package io.hangupby.internal.check;

import io.hangupby.internal.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Makes reads at the same time, a few at once, all within one deadline. Thread-safe. */
final class ParallelReads implements AutoCloseable {
    /** How many reads are under way at once. */
    static final int AT_ONCE = 6;

    /** The time for all reads of an account. */
    static final Duration WITHIN = Duration.ofSeconds(12);

    private final ExecutorService threads =
            Executors.newFixedThreadPool(AT_ONCE, work -> DaemonThreads.of(work, "hangupby-check"));
    private final long deadline = System.nanoTime() + WITHIN.toNanos();

    /** Starts a read, and returns what waits for its result. */
    <T> Supplier<Reading<T>> start(Supplier<T> read) {
        Future<Reading<T>> future = threads.submit(() -> Reading.of(read));
        return () -> result(future);
    }

    /** Starts a read, and waits for its result. */
    <T> Reading<T> now(Supplier<T> read) {
        return start(read).get();
    }

    private <T> Reading<T> result(Future<Reading<T>> future) {
        try {
            return future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException overdue) {
            return new Reading.Failed<>("no response within " + WITHIN.toSeconds() + " s");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Reading.Failed<>("the check was interrupted");
        } catch (ExecutionException unexpected) {
            return new Reading.Failed<>(
                    "an unexpected " + String.valueOf(unexpected.getCause()).replaceFirst(":.*", ""));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
