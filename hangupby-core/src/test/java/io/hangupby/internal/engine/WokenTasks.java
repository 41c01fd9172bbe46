package io.hangupby.internal.engine;

import io.hangupby.call.TaskRef;
import io.hangupby.journal.CallQueue;
import io.hangupby.journal.CallWork;
import io.hangupby.journal.Chore;
import io.hangupby.journal.ParkedCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A queue that only says which tasks were woken. */
record WokenTasks(List<TaskRef> woken) implements CallQueue {
    @Override
    public void start(CallWork work, List<Chore> chores) {}

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
    public List<ParkedCall> parked(int atMost) {
        return List.of();
    }

    @Override
    public boolean putBack(TaskRef task) {
        return false;
    }

    @Override
    public List<TaskRef> stop(Duration within) {
        return List.of();
    }
}
