package io.hangupby.internal.processing;

import java.time.Duration;

/** Waits. No thread waits anywhere besides, so that tests can step the time. */
@FunctionalInterface
public interface Sleeper {
    /** Waits on the calling thread. */
    Sleeper SYSTEM = duration -> Thread.sleep(duration.toMillis());

    /** Waits for this long. */
    void sleep(Duration duration) throws InterruptedException;
}
