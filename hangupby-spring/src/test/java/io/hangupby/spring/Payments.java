package io.hangupby.spring;

import io.hangupby.call.TaskSid;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The part of the documented example that is any application's own: what its payment line remembers. */
final class Payments {
    private final Set<TaskSid> paid = ConcurrentHashMap.newKeySet();

    void paid(TaskSid task) {
        paid.add(task);
    }

    boolean isPaid(TaskSid task) {
        return paid.contains(task);
    }
}
