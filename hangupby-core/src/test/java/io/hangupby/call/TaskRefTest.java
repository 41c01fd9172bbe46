package io.hangupby.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TaskRefTest {
    private static final AccountSid ACCOUNT = new AccountSid("AC" + "a".repeat(32));
    private static final WorkspaceSid WORKSPACE = new WorkspaceSid("WS" + "b".repeat(32));
    private static final TaskSid TASK = new TaskSid("WT" + "c".repeat(32));

    @Test
    void tasks_are_equal_if_account_workspace_and_task_are() {
        TaskRef task = new TaskRef(ACCOUNT, WORKSPACE, TASK);

        assertThat(task)
                .isEqualTo(new TaskRef(ACCOUNT, WORKSPACE, new TaskSid(TASK.value())))
                .hasSameHashCodeAs(new TaskRef(ACCOUNT, WORKSPACE, TASK))
                .isNotEqualTo(new TaskRef(new AccountSid("AC" + "d".repeat(32)), WORKSPACE, TASK))
                .isNotEqualTo(new TaskRef(ACCOUNT, new WorkspaceSid("WS" + "d".repeat(32)), TASK))
                .isNotEqualTo(new TaskRef(ACCOUNT, WORKSPACE, new TaskSid("WT" + "d".repeat(32))))
                .isNotEqualTo(TASK);
    }
}
