package io.hangupby.internal.processing;

import io.hangupby.call.TaskRef;
import io.hangupby.internal.journal.RecurringJob;
import io.hangupby.internal.journal.WorkHandler;
import io.hangupby.internal.journal.WorkQueue;
import io.hangupby.journal.ParkedTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A queue that only says which tasks were woken. */
record WokenTasks(List<TaskRef> woken) implements WorkQueue {
    @Override
    public void start(WorkHandler work, List<RecurringJob> chores) {}

    @Override
    public void wake(TaskRef task) {
        woken.add(task);
    }

    @Override
    public Optional<Instant> lastTold(TaskRef task) {
        return Optional.empty();
    }

    @Override
    public int size() {
        return woken.size();
    }

    @Override
    public List<ParkedTask> parked(int atMost) {
        return List.of();
    }

    @Override
    public boolean retryParked(TaskRef task) {
        return false;
    }

    @Override
    public List<TaskRef> stop(Duration within) {
        return List.of();
    }
}
