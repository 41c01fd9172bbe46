package io.hangupby.simulator.events;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Remembers the latest requests about each of the latest tasks, and their responses. Thread-safe. */
final class AttemptLog {

    private static final int KEPT_TASKS = 2_000;
    private static final int KEPT_OF_A_TASK = 40;

    private final Map<String, Deque<DeliveryAttempt>> byTask = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<DeliveryAttempt>> eldest) {
            return size() > KEPT_TASKS;
        }
    };

    synchronized void add(String taskSid, DeliveryAttempt attempt) {
        Deque<DeliveryAttempt> attempts = byTask.computeIfAbsent(taskSid, sid -> new ArrayDeque<>());
        attempts.add(attempt);
        if (attempts.size() > KEPT_OF_A_TASK) {
            attempts.remove();
        }
    }

    /** Returns the latest requests about a task, oldest first. */
    synchronized List<DeliveryAttempt> of(String taskSid) {
        return List.copyOf(byTask.getOrDefault(taskSid, new ArrayDeque<>()));
    }

    synchronized void forget(String taskSid) {
        byTask.remove(taskSid);
    }
}
