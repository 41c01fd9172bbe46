package io.hangupby.call;

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

    @Override
    public String toString() {
        return task.value();
    }
}
