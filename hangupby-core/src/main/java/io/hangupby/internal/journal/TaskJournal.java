package io.hangupby.internal.journal;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.decision.Outcome;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.journal.JournalException;
import java.util.Set;

/**
 * Remembers what happened to each task, and what came of it: the inbox and the memory in one. Implementations are
 * thread-safe, and see to it that a task whose events call for work is in their {@link WorkQueue}.
 */
public interface TaskJournal {

    /**
     * Remembers an event. Once this returns, the event is as safe as this journal makes it, and the work that it calls for
     * will be done. A repeated event changes nothing.
     *
     * @throws JournalException if the event could not be kept, so that its source should send it again
     */
    void append(CallEvent event);

    /** Returns all that is known of a task. */
    TaskRecord read(TaskRef task);

    /**
     * Remembers what came of a segment, in place of what came of it before. Returns all that is known of the task after that,
     * with the events that were appended since it was read; nothing if the task was forgotten meanwhile, which it stays.
     */
    TaskRecord record(Outcome outcome);

    /** Remembers that a task is given the customer's value before any agent takes it. */
    void recordPreset(TaskRef task);

    /** Remembers that our value was taken off a task again. */
    void recordTakenOff(TaskRef task);

    /** Returns the workspaces of an account of which something was told in the last day. */
    Set<WorkspaceSid> workspaces(AccountSid account);

    /** Forgets all that is known of a task, and what is due for it comes to nothing. */
    void forget(TaskRef task);

    /** Returns how much of its room, in percent, calls take that have not ended; 0 where room is no question. */
    default int percentFull() {
        return 0;
    }

    /** Returns how many calls that had not ended were forgotten to make room for others, since the start. */
    default long forgottenForRoom() {
        return 0;
    }
}
