package io.hangupby.internal.journal;

import io.hangupby.call.TaskRef;
import io.hangupby.journal.JournalException;
import io.hangupby.journal.ParkedTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The tasks that are due, and those that are parked. One thread at a time works on a task. If the task is woken meanwhile, it is
 * worked on once more. Implementations are thread-safe.
 */
public interface WorkQueue {

    /** Starts to hand out tasks, without recurring jobs. Called once. */
    default void start(WorkHandler work) {
        start(work, List.of());
    }

    /** Starts to hand out tasks, and to run recurring jobs, each for the first time at once. Called once. */
    void start(WorkHandler work, List<RecurringJob> jobs);

    /**
     * Makes a task due now, parked or not.
     *
     * @throws JournalException if the queue takes no new tasks any more
     */
    void wake(TaskRef task);

    /**
     * Makes a task due now if it waits for its next turn on this node, because a turn here ended with a retry later. The check is
     * made at once, and the condition on a thread of the queue. A failure of the condition leaves the task to its next turn.
     *
     * @param isDue whether to make the task due; may read the journal
     */
    default void wakeIfWaiting(TaskRef task, BooleanSupplier isDue) {}

    /**
     * Returns when a task that is due was last woken or changed, or an empty Optional if the task was forgotten. A retry later
     * does not change the time.
     */
    Optional<Instant> changedAt(TaskRef task);

    /** Returns how many tasks are due, wait or are worked on. Parked tasks do not count. */
    int size();

    /** Returns tasks that were parked and have not been woken or retried since, in the order in which they were parked. */
    List<ParkedTask> parked(int atMost);

    /** Returns how many tasks are parked. Implementations override it if they can count without a list. */
    default int parkedCount() {
        return parked(Integer.MAX_VALUE).size();
    }

    /**
     * Makes a parked task due now.
     *
     * @return whether the task was parked
     * @throws JournalException if the queue takes no new tasks any more
     */
    boolean retryParked(TaskRef task);

    /** Forgets that a task is parked. A database forgets it with the task's row. */
    default void forgetParked(TaskRef task) {}

    /**
     * Stops to hand out tasks once all tasks are complete that only this process can complete, or the time is up.
     *
     * @return the remaining tasks, which are lost with this process
     */
    List<TaskRef> stop(Duration within);
}
