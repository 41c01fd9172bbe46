package io.hangupby.internal;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Threads of ours: they keep no application alive, and none of a container's class loaders. */
public final class DaemonThreads {

    private DaemonThreads() {}

    /** Returns one that is not started yet. */
    public static Thread of(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        // Else that of whoever gave it work first: of a web application, which may end long before this thread.
        thread.setContextClassLoader(DaemonThreads.class.getClassLoader());
        return thread;
    }

    /** Waits until all threads of an executor that is shut down have ended, or the time is up. */
    public static void awaitEnd(ExecutorService executor, Duration within) {
        try {
            boolean unused = executor.awaitTermination(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
