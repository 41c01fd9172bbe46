package io.hangupby.internal.processing;

import io.hangupby.internal.DaemonThreads;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that work on tasks. They start with work, end without it, and are daemon threads. */
public final class EngineThreads {
    /** While a task waits for Twilio, others can be worked on. */
    static final int TASKS_PER_API_CALL = 4;

    private static final int IDLE_SECONDS = 30;

    private EngineThreads() {}

    /** Returns threads for this many tasks at once. */
    public static ScheduledExecutorService start(int tasksAtOnce) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(tasksAtOnce, named());
        executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    /** Returns how many tasks are worked on at once, for a number of requests at once. */
    public static int tasksAtOnce(int maxConcurrentCalls) {
        return maxConcurrentCalls * TASKS_PER_API_CALL;
    }

    private static ThreadFactory named() {
        AtomicInteger count = new AtomicInteger();
        return work -> DaemonThreads.of(work, "hangupby-" + count.incrementAndGet());
    }
}
