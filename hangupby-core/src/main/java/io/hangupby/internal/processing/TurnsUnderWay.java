package io.hangupby.internal.processing;

import io.hangupby.call.TaskRef;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The turns that work on tasks in this process now. Lets an explanation wait for what a turn is about to remember. Thread-safe. */
final class TurnsUnderWay {
    private final Map<TaskRef, Thread> turns = new HashMap<>();

    synchronized void begin(TaskRef task) {
        turns.put(task, Thread.currentThread());
    }

    synchronized void end(TaskRef task) {
        turns.remove(task);
        notifyAll();
    }

    /** Waits until no turn works on a task, or until the limit. A listener that asks within the turn does not wait for itself. */
    synchronized void await(TaskRef task, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (isWorkedOnByAnother(task)) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isWorkedOnByAnother(TaskRef task) {
        Thread worker = turns.get(task);
        return worker != null && worker != Thread.currentThread();
    }
}
