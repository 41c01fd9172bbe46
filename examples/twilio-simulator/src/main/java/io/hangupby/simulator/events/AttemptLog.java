package io.hangupby.simulator.events;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers the latest requests about each task, and their responses. Thread-safe. */
final class AttemptLog {

    private static final int KEPT_OF_A_TASK = 40;

    private final Map<String, Deque<DeliveryAttempt>> byTask = new ConcurrentHashMap<>();

    void add(String taskSid, DeliveryAttempt attempt) {
        byTask.compute(taskSid, (sid, before) -> {
            Deque<DeliveryAttempt> attempts = before == null ? new ArrayDeque<>() : before;
            attempts.add(attempt);
            if (attempts.size() > KEPT_OF_A_TASK) {
                attempts.remove();
            }
            return attempts;
        });
    }

    /** Returns the latest requests about a task, oldest first. */
    List<DeliveryAttempt> of(String taskSid) {
        List<DeliveryAttempt> copy = new ArrayList<>();
        byTask.computeIfPresent(taskSid, (sid, attempts) -> {
            copy.addAll(attempts);
            return attempts;
        });
        return copy;
    }

    void forget(String taskSid) {
        byTask.remove(taskSid);
    }
}
