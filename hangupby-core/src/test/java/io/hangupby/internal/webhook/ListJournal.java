package io.hangupby.internal.webhook;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.decision.Outcome;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.TaskTimeline;
import io.hangupby.internal.journal.TaskJournal;
import io.hangupby.internal.journal.TaskRecord;
import io.hangupby.journal.JournalException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Keeps events in a list, or rejects them. */
final class ListJournal implements TaskJournal {
    static final String PROBLEM = "the table is full of internals";

    final List<CallEvent> events = Collections.synchronizedList(new ArrayList<>());
    boolean down;
    Predicate<CallEvent> rejects = event -> false;

    @Override
    public void append(CallEvent event) {
        if (down || rejects.test(event)) {
            throw new JournalException(PROBLEM);
        }
        events.add(event);
    }

    @Override
    public TaskRecord read(TaskRef task) {
        return new TaskRecord(TaskTimeline.of(task), List.of(), Optional.empty(), false);
    }

    @Override
    public TaskRecord record(Outcome outcome) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void recordPreset(TaskRef task) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void recordTakenOff(TaskRef task) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<WorkspaceSid> workspaces(AccountSid account) {
        return Set.of();
    }

    @Override
    public void forget(TaskRef task) {}
}
