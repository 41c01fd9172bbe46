package io.hangupby.servlet;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.journal.TaskJournal;
import io.hangupby.internal.journal.TaskRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A journal that keeps only the tasks of its events. */
class TaskListJournal implements TaskJournal {
    private final List<String> tasks = new ArrayList<>();

    @Override
    public synchronized void append(CallEvent event) {
        tasks.add(event.task().task().value());
        notifyAll();
    }

    synchronized List<String> tasks() {
        return List.copyOf(tasks);
    }

    /** Waits until an event of a task has arrived. */
    synchronized void await(String task, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!tasks.contains(task)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    @Override
    public TaskRecord read(TaskRef task) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TaskRecord change(TaskRef task, UnaryOperator<TaskRecord> change) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<WorkspaceSid> workspaces(AccountSid account) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void forget(TaskRef task) {
        throw new UnsupportedOperationException();
    }
}
