package io.hangupby.internal.twilio;

import io.hangupby.internal.DaemonThreads;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Makes attempts on threads of its own, so that the caller can give up an attempt wherever it hangs: in a slow response, a name
 * server, or an application's own client. Thread-safe.
 */
final class Attempts implements AutoCloseable {
    /** For each attempt with a waiting caller, three attempts that were given up may still hang. */
    private static final int THREADS_PER_ATTEMPT = 4;

    private static final int IDLE_SECONDS = 30;

    private final ThreadPoolExecutor threads;
    private final boolean interrupts;

    /**
     * @param atOnce how many attempts callers wait for at once
     * @param interrupts whether to interrupt the thread of an attempt that is given up, for clients that cannot be ended
     *     otherwise
     */
    Attempts(int atOnce, boolean interrupts) {
        this.interrupts = interrupts;
        AtomicInteger count = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                0,
                atOnce * THREADS_PER_ATTEMPT,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> DaemonThreads.of(work, "hangupby-twilio-" + count.incrementAndGet()));
    }

    /**
     * Makes an attempt, and returns its result or throws its exception.
     *
     * @param within how long the attempt may take, from the first byte sent to the last byte read; interrupting the caller ends
     *     it sooner
     * @throws UncheckedIOException if the attempt was given up; its message is the host
     * @throws FullException if the attempt was not made, because too many attempts that were given up still hang
     * @throws ClosedException if the attempt was not made, because this is closed
     */
    <T> T make(Supplier<T> work, Duration within) {
        Attempt attempt = new Attempt();
        FutureTask<T> future = new FutureTask<>(() -> attempt.make(work));
        start(future);
        try {
            return future.get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failed.getCause();
        } catch (TimeoutException overdue) {
            throw new UncheckedIOException(attempt.host(), new SocketTimeoutException());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(attempt.host(), new InterruptedIOException());
        } finally {
            if (!future.isDone()) {
                attempt.giveUp();
                future.cancel(interrupts);
            }
        }
    }

    private void start(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException full) {
            throw threads.isShutdown() ? new ClosedException() : new FullException();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** Nothing was sent, because too many attempts that were given up still hang. HTTP clients never throw it. */
    static final class FullException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Nothing was sent, because the connections are closed. HTTP clients never throw it. */
    static final class ClosedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
