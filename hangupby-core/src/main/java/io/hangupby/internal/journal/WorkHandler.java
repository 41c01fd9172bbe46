package io.hangupby.internal.journal;

import io.hangupby.call.TaskRef;

/** Does the work for a task that is due. Calls can be repeated at any time: a second call finds nothing to do. */
@FunctionalInterface
public interface WorkHandler {

    /**
     * Works on a task.
     *
     * @param task the task
     * @param turn how often the task was retried since its work was last complete
     * @return what to do next with the task
     */
    WorkResult work(TaskRef task, int turn);

    /**
     * Notes that a task is parked: its work is not possible, or too many tasks were due. The queue lists the task by now, and can
     * retry it.
     *
     * @param reason the reason, in words
     */
    default void parked(TaskRef task, String reason) {}
}
