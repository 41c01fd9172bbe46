package io.hangupby.internal.webhook;

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
 * Appends events within 250 ms or fails. It uses its own threads, so that a journal that hangs blocks no thread of the
 * application. Thread-safe.
 */
final class TimeLimitedJournal {
    private static final long LIMIT_MILLIS = 250;
    private static final int THREADS = 8;
    private static final int IDLE_SECONDS = 30;

    /** The number of waiting events that a slow journal can still append in time. Further events fail at once. */
    private static final int WAITING = 64;

    private final TaskJournal journal;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            work -> DaemonThreads.of(work, "hangupby-observe"));

    TimeLimitedJournal(TaskJournal journal) {
        this.journal = journal;
        threads.allowCoreThreadTimeOut(true);
    }

    /** Nothing is recorded any more, because hangupby is closed. */
    static final class ClosedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /**
     * Appends an event.
     *
     * @throws ClosedException if this is stopped
     * @throws RuntimeException if the journal fails, exceeds the time limit, or has too many waiting events. An event that exceeds
     *     the time limit can still be recorded later
     */
    void append(CallEvent event) {
        Future<?> appending = begin(event);
        try {
            appending.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            // The append continues, because late is better than lost, and an interrupt can close an embedded database.
            throw new JournalException("the journal takes longer than " + LIMIT_MILLIS + " ms");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new JournalException("the request's thread was interrupted");
        } catch (ExecutionException failed) {
            throw causeOf(failed);
        }
    }

    private Future<?> begin(CallEvent event) {
        try {
            return threads.submit(() -> journal.append(event));
        } catch (RejectedExecutionException full) {
            throw threads.isShutdown()
                    ? new ClosedException()
                    : new JournalException("the journal hangs, and too many events wait for it");
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

    /** Rejects further events, and waits at most 250 ms for those under way. */
    void stop() {
        threads.shutdown();
        DaemonThreads.awaitEnd(threads, Duration.ofMillis(LIMIT_MILLIS));
    }
}
