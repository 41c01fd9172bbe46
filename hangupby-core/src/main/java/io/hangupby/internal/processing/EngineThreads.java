package io.hangupby.internal.processing;

import io.hangupby.internal.DaemonThreads;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads on which tasks are processed. They start and end with the work, and do not keep the JVM alive. */
public final class EngineThreads {
    /** While a task waits to ask Twilio again, others can be processed. */
    static final int TASKS_PER_API_CALL = 4;

    private static final int IDLE_SECONDS = 30;

    private EngineThreads() {}

    /** Returns threads for so many tasks at once. */
    public static ScheduledExecutorService start(int tasksAtOnce) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(tasksAtOnce, named());
        executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    /** Returns how many tasks are processed at once if so many requests are made at once. */
    public static int tasksAtOnce(int maxConcurrentCalls) {
        return maxConcurrentCalls * TASKS_PER_API_CALL;
    }

    private static ThreadFactory named() {
        AtomicInteger count = new AtomicInteger();
        return work -> DaemonThreads.of(work, "hangupby-" + count.incrementAndGet());
    }
}
