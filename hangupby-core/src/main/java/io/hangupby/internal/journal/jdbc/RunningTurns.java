package io.hangupby.internal.journal.jdbc;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Counts the turns of work in progress on this node. Thread-safe. */
final class RunningTurns {
    private int running;

    synchronized void begin() {
        running++;
    }

    synchronized void end() {
        running--;
        notifyAll();
    }

    /** Waits until no turn is in progress, the time is up, or the thread is interrupted. */
    synchronized void awaitNone(Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        long left = within.toMillis();
        while (running > 0 && left > 0) {
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        }
    }
}
