package io.hangupby.internal.journal.jdbc;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.call.WorkspaceSid;
import java.util.Optional;

/** A task's whole name as one text, as db-scheduler wants it. */
final class InstanceId {
    private InstanceId() {}

    static String of(TaskRef task) {
        return task.task() + "/" + task.workspace() + "/" + task.account();
    }

    /** Returns the task that a text names, or nothing if it names none that this version knows. */
    static Optional<TaskRef> parse(String name) {
        String[] sids = name.split("/", -1);
        return sids.length == 3 ? task(sids[0], sids[1], sids[2]) : Optional.empty();
    }

    /** Returns the task that these are the SIDs of, or nothing if one of them is none. */
    static Optional<TaskRef> task(String task, String workspace, String account) {
        Optional<WorkspaceSid> in = WorkspaceSid.parse(workspace);
        Optional<AccountSid> of = AccountSid.parse(account);
        return TaskSid.parse(task)
                .filter(sid -> in.isPresent() && of.isPresent())
                .map(sid -> new TaskRef(of.orElseThrow(), in.orElseThrow(), sid));
    }
}
