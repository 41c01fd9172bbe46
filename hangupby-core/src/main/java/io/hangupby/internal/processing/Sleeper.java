package io.hangupby.internal.processing;

import java.time.Duration;

/** Waits. Threads pause only here, so that tests can replace the pauses. */
@FunctionalInterface
public interface Sleeper {
    /** Waits on the calling thread. */
    Sleeper SYSTEM = duration -> Thread.sleep(duration.toMillis());

    /** Waits for this long. */
    void sleep(Duration duration) throws InterruptedException;
}
