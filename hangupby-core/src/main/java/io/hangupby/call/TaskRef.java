package io.hangupby.call;

/**
 * Names one task wherever it is looked for: a task's SID alone does not say whose it is. Immutable.
 *
 * @param account the account whose events and API it belongs to
 * @param workspace the workspace it is in
 * @param task the task
 */
public record TaskRef(AccountSid account, WorkspaceSid workspace, TaskSid task) {
    @Override
    public String toString() {
        return task.value();
    }
}
