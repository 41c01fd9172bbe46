package io.hangupby.simulator.scenarios;

import java.time.Duration;

/** Lets time pass between the steps of a call. Only {@link #real()} sleeps. */
@FunctionalInterface
public interface StepDelay {

    /** Returns after this time. */
    void pass(Duration duration) throws InterruptedException;

    /** Returns a delay in real time. */
    static StepDelay real() {
        return duration -> Thread.sleep(duration.toMillis());
    }

    /** Returns no delay, for tests. */
    static StepDelay none() {
        return duration -> {};
    }
}
