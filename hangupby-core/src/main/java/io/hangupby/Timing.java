package io.hangupby;

import io.hangupby.internal.processing.EngineThreads;
import io.hangupby.internal.processing.Sleeper;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntFunction;

/**
 * How work gets its threads and how it waits. A test steps both by hand, together with the clock.
 *
 * @param threads starts threads for this number of tasks at once
 * @param sleeper waits before a question is asked again
 */
record Timing(IntFunction<ScheduledExecutorService> threads, Sleeper sleeper) {

    static final Timing SYSTEM = new Timing(EngineThreads::start, Sleeper.SYSTEM);
}
