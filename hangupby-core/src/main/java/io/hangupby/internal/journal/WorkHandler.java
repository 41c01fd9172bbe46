package io.hangupby.internal.journal;

import io.hangupby.call.TaskRef;

/** What is to be done with a task that is due. It can be done again at any time: a second time finds nothing to do. */
@FunctionalInterface
public interface WorkHandler {

    /**
     * Works on a task.
     *
     * @param task which
     * @param turn how often it has been put off before, since it last was done with
     * @return how to go on
     */
    WorkResult work(TaskRef task, int turn);

    /**
     * A task was parked without being worked on, because too many were due.
     *
     * @param reason why, in words
     */
    default void parked(TaskRef task, String reason) {}
}
