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
 * Makes attempts on threads of its own, so that whoever waits for an attempt can give it up, whatever it hangs in: a response that
 * trickles, a name server, an application's own client. Thread-safe.
 */
final class Attempts implements AutoCloseable {
    /** For each attempt that is waited for, there can be three that were given up and still hang. */
    private static final int THREADS_PER_ATTEMPT = 4;

    private static final int IDLE_SECONDS = 30;

    private final ThreadPoolExecutor threads;
    private final boolean interrupts;

    /**
     * @param atOnce how many attempts are waited for at once
     * @param interrupts whether the thread of an attempt that is given up is interrupted, for clients that cannot be ended otherwise
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
     * Makes an attempt, and returns or throws what comes of it.
     *
     * @param within how long it may take, from the first byte sent to the last one read; interrupting the caller ends it sooner
     * @throws UncheckedIOException if it was given up, with the host for its message
     * @throws FullException if too many that were given up still hang, so that this one was not made
     * @throws ClosedException if this is closed, and it was not made
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

    /** Nothing was sent, because too many attempts that were given up still hang. No client throws it. */
    static final class FullException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Nothing was sent, because the connections are closed. No client throws it. */
    static final class ClosedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
