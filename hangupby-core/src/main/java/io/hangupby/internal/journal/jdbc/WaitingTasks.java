package io.hangupby.internal.journal.jdbc;

import io.hangupby.call.TaskRef;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tasks whose last turn on this node ended with a retry later, until that time has passed. Each entry has a timer that removes
 * it. Thread-safe.
 */
final class WaitingTasks {
    private final Map<TaskRef, Object> turns = new ConcurrentHashMap<>();

    /** Enters a task after a turn. */
    void enter(TaskRef task, Object turn) {
        turns.put(task, turn);
    }

    /** Removes a task, unless a later turn has entered it again. */
    void leave(TaskRef task, Object turn) {
        turns.remove(task, turn);
    }

    boolean contains(TaskRef task) {
        return turns.containsKey(task);
    }
}
