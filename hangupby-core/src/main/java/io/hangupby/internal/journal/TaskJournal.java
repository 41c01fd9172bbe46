package io.hangupby.internal.journal;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.decision.Outcome;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.journal.JournalException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Stores the events of each task, and their outcomes. Implementations are thread-safe, and put each task whose events require
 * work into their {@link WorkQueue}.
 */
public interface TaskJournal {

    /**
     * Stores an event. When this method returns, the event is as safe as this journal makes it, and the work for it will be done.
     * A repeated event changes nothing.
     *
     * @throws JournalException if the event could not be stored, so that its source should send it again
     */
    void append(CallEvent event);

    /** Returns the record of a task, which is empty if the task is unknown. */
    TaskRecord read(TaskRef task);

    /**
     * Remembers what came of a segment, in place of what came of it before. Returns all that is known of the task after that,
     * with the events that were appended since it was read; nothing if the task was forgotten meanwhile, which it stays.
     */
    default TaskRecord record(Outcome outcome) {
        return change(outcome.segment().task(), known -> known.with(outcome));
    }

    /** Stores that hangupby writes the customer's value into a task before an agent accepts it. */
    default void recordPreset(TaskRef task) {
        change(task, TaskRecord::withPreset);
    }

    /** Stores that hangupby has removed its value from a task. */
    default void recordTakenOff(TaskRef task) {
        change(task, TaskRecord::withoutFieldOwner);
    }

    /**
     * Changes what is recorded of a task, besides its events, in one step. Returns the record after the change; it is empty if
     * the task is unknown, which stays so.
     */
    TaskRecord change(TaskRef task, UnaryOperator<TaskRecord> change);

    /** Returns the workspaces of an account with changes in the last day. */
    Set<WorkspaceSid> workspaces(AccountSid account);

    /**
     * Returns the tasks that a call or a conference belongs to, as far as verdicts name it: usually one, none for a stranger's.
     *
     * @param sid the SID of the call or the conference
     */
    default List<TaskRef> tasksOf(AccountSid account, String sid) {
        return List.of();
    }

    /** Passes on the outcomes of the tasks that changed last, at most this many tasks, latest change first. */
    default void latestOutcomes(int tasks, Consumer<Outcome> each) {}

    /** Forgets a task, with its work that is due. */
    void forget(TaskRef task);

    /** Returns the share of the room, in percent, that open tasks take; 0 if the room is unlimited. */
    default int percentFull() {
        return 0;
    }

    /** Returns how many open tasks were forgotten to make room for others, since the start. */
    default long forgottenForRoom() {
        return 0;
    }
}
