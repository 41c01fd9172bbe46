package io.hangupby.simulator;

import java.time.Duration;

/** Lets time pass between the steps of a call. The only place that sleeps. */
@FunctionalInterface
public interface Pause {

    /** Returns after so long. */
    void forDuration(Duration duration) throws InterruptedException;

    /** Real time passes. */
    static Pause real() {
        return duration -> Thread.sleep(duration.toMillis());
    }

    /** No time passes; for tests. */
    static Pause none() {
        return duration -> {};
    }
}
