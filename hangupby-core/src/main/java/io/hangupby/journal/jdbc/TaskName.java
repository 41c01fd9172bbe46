package io.hangupby.journal.jdbc;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.call.WorkspaceSid;

/** A task's whole name as one text, as db-scheduler wants it. */
final class TaskName {
    private TaskName() {}

    static String of(TaskRef task) {
        return task.task() + "/" + task.workspace() + "/" + task.account();
    }

    static TaskRef parse(String name) {
        String[] sids = name.split("/", -1);
        return new TaskRef(new AccountSid(sids[2]), new WorkspaceSid(sids[1]), new TaskSid(sids[0]));
    }
}
