package io.hangupby.call;

import org.jspecify.annotations.Nullable;

/**
 * Identifies a task together with its account and workspace, which every API request needs. Immutable.
 *
 * @param account the account of the task
 * @param workspace the workspace of the task
 * @param task the task's SID
 */
public record TaskRef(AccountSid account, WorkspaceSid workspace, TaskSid task) {
    /** The SID alone, which no two tasks share: the hash code is computed several times for each event. */
    @Override
    public int hashCode() {
        return task.hashCode();
    }

    /** Written out, because every event is compared with known tasks, and a record's own comparison costs several times as much. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TaskRef ref
                && task.value().equals(ref.task.value())
                && workspace.value().equals(ref.workspace.value())
                && account.value().equals(ref.account.value());
    }

    @Override
    public String toString() {
        return task.value();
    }
}
