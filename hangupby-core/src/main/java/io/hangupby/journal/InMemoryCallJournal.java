package io.hangupby.journal;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.decision.Outcome;
import io.hangupby.event.CallEvent;
import io.hangupby.event.CallTimeline;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Remembers calls in this process's memory. It is bounded: finished calls are forgotten first, and when it is full of open
 * ones it takes no further call, rather than lose one. A call is forgotten a day after its last event, which is the longest
 * that TaskRouter lets a task be assigned. Thread-safe.
 */
public final class InMemoryCallJournal implements CallJournal {
    private static final long LONGEST_CALL_MILLIS = Duration.ofHours(24).toMillis();
    private static final long BYTES_PER_CALL = 4096;

    private final CallQueue queue;
    private final Clock clock;
    private final int capacity;
    private final WakeRule wakeRule;
    private final Object lock = new Object();

    // In the order of their last changes, so that those to be forgotten come first.
    private final Map<TaskRef, Entry> open = new LinkedHashMap<>();
    private final Map<TaskRef, Entry> finished = new LinkedHashMap<>();

    /**
     * @param queue learns which tasks call for work
     * @param clock by which calls are forgotten
     * @param capacity how many open calls are kept, and how many finished ones besides
     * @param wakeRule says which events make a task due
     */
    public InMemoryCallJournal(CallQueue queue, Clock clock, int capacity, WakeRule wakeRule) {
        this.queue = queue;
        this.clock = clock;
        this.capacity = capacity;
        this.wakeRule = wakeRule;
    }

    /** Returns the capacity that takes a quarter of this JVM's heap at the most. */
    public static int defaultCapacity() {
        return (int) Math.min(1_000_000, Runtime.getRuntime().maxMemory() / 4 / 2 / BYTES_PER_CALL);
    }

    @Override
    public void append(CallEvent event) {
        boolean isNew = wakeRule.wakesNew() && !read(event.task()).timeline().knows(event);
        CallRecord record = change(event.task(), known -> known.with(event));
        if (wakeRule.isDue(event, isNew, record)) {
            queue.wake(event.task());
        }
    }

    @Override
    public CallRecord read(TaskRef task) {
        synchronized (lock) {
            forgetOld(clock.millis());
            return record(task, Optional.ofNullable(open.get(task)).or(() -> Optional.ofNullable(finished.get(task))));
        }
    }

    @Override
    public void record(Outcome outcome) {
        change(outcome.segment().task(), known -> known.with(outcome));
    }

    @Override
    public void recordPreset(TaskRef task) {
        change(task, CallRecord::withPreset);
    }

    @Override
    public void recordTakenOff(TaskRef task) {
        change(task, CallRecord::withNothingStanding);
    }

    @Override
    public Set<WorkspaceSid> workspaces(AccountSid account) {
        synchronized (lock) {
            return Stream.of(open, finished)
                    .flatMap(calls -> calls.keySet().stream())
                    .filter(task -> task.account().equals(account))
                    .map(TaskRef::workspace)
                    .collect(Collectors.toSet());
        }
    }

    @Override
    public void forget(TaskRef task) {
        synchronized (lock) {
            open.remove(task);
            finished.remove(task);
        }
    }

    private CallRecord change(TaskRef task, UnaryOperator<CallRecord> change) {
        synchronized (lock) {
            long now = clock.millis();
            forgetOld(now);
            Optional<Entry> openBefore = Optional.ofNullable(open.get(task));
            Optional<Entry> before = openBefore.or(() -> Optional.ofNullable(finished.get(task)));
            Entry entry = new Entry(change.apply(record(task, before)), now);
            boolean isFinished = entry.record().finished();
            if (!isFinished && openBefore.isEmpty()) {
                refuseIfFull();
            }
            // Taken out before it is put in, also where it stays, so that it comes last.
            before.ifPresent(known -> (openBefore.isPresent() ? open : finished).remove(task));
            (isFinished ? finished : open).put(task, entry);
            if (finished.size() > capacity) {
                forgetFirst(finished);
            }
            return entry.record();
        }
    }

    private static CallRecord record(TaskRef task, Optional<Entry> known) {
        return known.map(Entry::record)
                .orElseGet(() -> new CallRecord(CallTimeline.of(task), List.of(), Optional.empty(), false));
    }

    private void refuseIfFull() {
        if (open.size() >= capacity) {
            throw new JournalException("the in-memory journal is full with " + capacity
                    + " open calls; give the JVM more heap, or keep the journal in a database");
        }
    }

    private void forgetOld(long now) {
        forgetOld(open, now);
        forgetOld(finished, now);
    }

    private static void forgetOld(Map<TaskRef, Entry> calls, long now) {
        Iterator<Entry> eldest = calls.values().iterator();
        while (eldest.hasNext() && now - eldest.next().changedAt() >= LONGEST_CALL_MILLIS) {
            eldest.remove();
        }
    }

    private static void forgetFirst(Map<TaskRef, Entry> calls) {
        Iterator<Entry> eldest = calls.values().iterator();
        eldest.next();
        eldest.remove();
    }

    private record Entry(CallRecord record, long changedAt) {}
}
