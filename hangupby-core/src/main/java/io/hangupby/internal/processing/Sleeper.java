package io.hangupby.internal.processing;

import java.time.Duration;

/** Waits. The only place where a thread does so for its own sake, so that tests can do without. */
@FunctionalInterface
public interface Sleeper {
    /** Waits on the calling thread. */
    Sleeper SYSTEM = duration -> Thread.sleep(duration.toMillis());

    /** Waits for this long. */
    void sleep(Duration duration) throws InterruptedException;
}
