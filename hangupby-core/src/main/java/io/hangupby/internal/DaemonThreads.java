package io.hangupby.internal;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Creates daemon threads, which keep neither the application nor a container's class loader alive. */
public final class DaemonThreads {

    private DaemonThreads() {}

    /** Returns a thread that is not started yet. */
    public static Thread of(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        // By default a thread inherits the class loader of its creator: a web application may end long before this
        // thread.
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
