package io.hangupby.internal.journal;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which tasks the SIDs of calls and conferences belong to. Not thread-safe. */
final class SidIndex {
    private final Map<String, List<TaskRef>> tasks = new HashMap<>();
    private final Map<TaskRef, Set<String>> sids = new HashMap<>();

    /** Adds the SIDs of a task to those that are known. Of the tasks of one SID, the latest are kept. */
    void add(TaskRef task, Set<String> more) {
        Set<String> known = sids.computeIfAbsent(task, any -> new HashSet<>());
        for (String sid : more) {
            if (known.add(sid)) {
                List<TaskRef> owners = tasks.computeIfAbsent(sid, any -> new ArrayList<>(1));
                owners.add(task);
                if (owners.size() > TaskSids.OWNERS_AT_MOST) {
                    owners.remove(0);
                }
            }
        }
    }

    /** Forgets a task. */
    void remove(TaskRef task) {
        Set<String> known = sids.remove(task);
        if (known == null) {
            return;
        }
        for (String sid : known) {
            List<TaskRef> owners = tasks.getOrDefault(sid, List.of());
            if (!owners.isEmpty() && owners.remove(task) && owners.isEmpty()) {
                tasks.remove(sid);
            }
        }
    }

    /** Returns the tasks of an account that a SID belongs to. */
    List<TaskRef> find(AccountSid account, String sid) {
        return tasks.getOrDefault(sid, List.of()).stream()
                .filter(task -> task.account().equals(account))
                .toList();
    }
}
