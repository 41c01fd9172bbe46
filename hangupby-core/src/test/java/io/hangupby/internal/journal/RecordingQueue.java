package io.hangupby.internal.journal;

import io.hangupby.call.TaskRef;
import io.hangupby.journal.JournalException;
import io.hangupby.journal.ParkedTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers which tasks were woken, and works on none. */
public final class RecordingQueue implements WorkQueue {
    private final List<TaskRef> woken;
    private boolean stopped;

    public RecordingQueue() {
        this(new ArrayList<>());
    }

    /** Records the tasks in this list. */
    public RecordingQueue(List<TaskRef> woken) {
        this.woken = woken;
    }

    /** Returns the tasks woken since this was asked last. */
    List<TaskRef> taken() {
        List<TaskRef> taken = List.copyOf(woken);
        woken.clear();
        return taken;
    }

    void takeAgain() {
        stopped = false;
    }

    @Override
    public void start(WorkHandler work, List<RecurringJob> jobs) {}

    @Override
    public void wake(TaskRef task) {
        if (stopped) {
            throw new JournalException("stopped");
        }
        woken.add(task);
    }

    @Override
    public Optional<Instant> changedAt(TaskRef task) {
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
        stopped = true;
        return List.copyOf(woken);
    }
}
