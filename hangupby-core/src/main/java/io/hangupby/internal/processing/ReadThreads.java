package io.hangupby.internal.processing;

import io.hangupby.internal.DaemonThreads;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * The threads on which one task's reads are made at the same time. They start with work, end without it, and are daemon threads.
 * If all are busy, a task's reads are made one after the other. Thread-safe.
 */
final class ReadThreads implements AutoCloseable {
    /** Each task reads at most two things beside what its own thread reads, in nearly every case. */
    private static final int THREADS_PER_PERMIT = 2;

    private static final int IDLE_SECONDS = 30;

    private final ThreadPoolExecutor threads;

    /**
     * @param permits how many requests are under way at once
     */
    ReadThreads(int permits) {
        AtomicInteger count = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                0,
                permits * THREADS_PER_PERMIT,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> DaemonThreads.of(work, "hangupby-read-" + count.incrementAndGet()),
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    /**
     * Makes the reads, the last on the current thread, and returns when all are done.
     *
     * @param handOver prepares a read for another thread
     */
    void run(List<? extends RunnableFuture<?>> reads, UnaryOperator<Runnable> handOver) {
        if (reads.isEmpty()) {
            return;
        }
        int last = reads.size() - 1;
        reads.subList(0, last).forEach(read -> threads.execute(handOver.apply(read)));
        reads.get(last).run();
        reads.forEach(ReadThreads::awaitEnd);
    }

    /** An interrupt is a shutdown: reads that are under way end with it. */
    private static void awaitEnd(Future<?> read) {
        try {
            Object unused = read.get();
        } catch (ExecutionException | CancellationException keptByTheRead) {
            return;
        } catch (InterruptedException interrupted) {
            read.cancel(true);
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
