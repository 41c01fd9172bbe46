package io.hangupby.internal.journal;

import io.hangupby.call.TaskRef;
import io.hangupby.journal.JournalException;
import io.hangupby.journal.ParkedTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The tasks that are due to be worked on, and those that were given up. A task is worked on by one thread at a time, and once
 * more if it was woken in the meantime. Implementations are thread-safe.
 */
public interface WorkQueue {

    /** Begins to hand out tasks, and no chores; called once. */
    default void start(WorkHandler work) {
        start(work, List.of());
    }

    /** Begins to hand out tasks, and to see to chores, each at once for the first time; called once. */
    void start(WorkHandler work, List<RecurringJob> chores);

    /**
     * Makes a task due now, parked or not.
     *
     * @throws JournalException if nothing new is taken any more
     */
    void wake(TaskRef task);

    /**
     * Returns when a task that is due was last woken or put back, or something told of it; to put it off changes nothing. Empty
     * if it was forgotten.
     */
    Optional<Instant> lastTold(TaskRef task);

    /** Returns how many tasks are due, waiting or being worked on; parked ones are not. */
    int size();

    /** Returns tasks that were parked and have not been woken or put back since, longest parked first. */
    List<ParkedTask> parked(int atMost);

    /** Returns how many tasks are parked; one that can count them without listing them should. */
    default int parkedCount() {
        return parked(Integer.MAX_VALUE).size();
    }

    /**
     * Makes a parked task due now.
     *
     * @return whether it was parked
     * @throws JournalException if nothing new is taken any more
     */
    boolean retryParked(TaskRef task);

    /**
     * Stops handing out tasks once all are done that nobody else would do, or the time is up.
     *
     * @return the tasks that are left, and lost with this process
     */
    List<TaskRef> stop(Duration within);
}
