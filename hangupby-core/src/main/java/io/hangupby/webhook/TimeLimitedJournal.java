package io.hangupby.webhook;

import io.hangupby.internal.DaemonThreads;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.journal.TaskJournal;
import io.hangupby.journal.JournalException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A journal for those who cannot wait: whatever becomes of an event is known within 250 ms. It works on threads of its own,
 * so that a journal which hangs holds these and nobody else's. Thread-safe.
 */
final class TimeLimitedJournal {
    private static final long LIMIT_MILLIS = 250;
    private static final int THREADS = 8;
    private static final int IDLE_SECONDS = 30;

    /** No more than is done in time if each takes a while; behind a journal that hangs, the rest is told at once. */
    private static final int WAITING = 64;

    private final TaskJournal journal;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            work -> DaemonThreads.of(work, "hangupby-watch"));

    TimeLimitedJournal(TaskJournal journal) {
        this.journal = journal;
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Appends an event.
     *
     * @throws RuntimeException if the journal fails, does not end in time, or has too many others waiting for it. One that did
     *     not end in time may be kept all the same
     */
    void append(CallEvent event) {
        Future<?> appending = begin(event);
        try {
            appending.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            // It goes on: kept late is better than lost, and an interrupt can close a database that is embedded.
            throw new JournalException("the journal takes longer than " + LIMIT_MILLIS + " ms");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new JournalException("the request's thread is wanted for something else");
        } catch (ExecutionException failed) {
            throw causeOf(failed);
        }
    }

    private Future<?> begin(CallEvent event) {
        try {
            return threads.submit(() -> journal.append(event));
        } catch (RejectedExecutionException full) {
            throw new JournalException(
                    threads.isShutdown() ? "hangupby is closed" : "the journal hangs, and no more events wait for it");
        }
    }

    private static RuntimeException causeOf(ExecutionException failed) {
        return failed.getCause() instanceof RuntimeException failure
                ? failure
                : new JournalException("the journal failed: " + nameOf(failed.getCause()));
    }

    private static String nameOf(@Nullable Throwable error) {
        return error == null ? "error" : error.getClass().getName();
    }

    /** Takes no more events, and waits no longer for those that it has than {@link #append} does. */
    void stop() {
        threads.shutdown();
        DaemonThreads.awaitEnd(threads, Duration.ofMillis(LIMIT_MILLIS));
    }
}
