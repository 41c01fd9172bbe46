package io.hangupby.journal;

import io.hangupby.call.TaskRef;
import java.time.Duration;
import java.util.List;

/**
 * The tasks that are due to be worked on. A task is worked on by one thread at a time, and once more if it was woken in the
 * meantime. Implementations are thread-safe.
 */
public interface CallQueue {

    /** Begins to hand out tasks; called once. */
    void start(CallWork work);

    /**
     * Makes a task due now.
     *
     * @throws JournalException if nothing new is taken any more
     */
    void wake(TaskRef task);

    /** Returns how many tasks are due, waiting or being worked on. */
    int size();

    /**
     * Stops handing out tasks once all are done, or the time is up.
     *
     * @return the tasks that are left
     */
    List<TaskRef> stop(Duration within);
}
