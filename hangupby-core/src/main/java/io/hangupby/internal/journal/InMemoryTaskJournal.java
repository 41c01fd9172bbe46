package io.hangupby.internal.journal;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.decision.Outcome;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.event.TaskTimeline;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers calls in this process's memory. It is bounded, and turns nothing away: when it is full, the calls that were quiet
 * longest are forgotten: finished and decided calls beyond their shares first, then open ones, and last those with work to be
 * done. A call is forgotten a day after its last event, which is the longest that TaskRouter lets a task be assigned.
 * Thread-safe.
 */
public final class InMemoryTaskJournal implements TaskJournal {
    private static final Logger log = LoggerFactory.getLogger(InMemoryTaskJournal.class);

    private static final long LONGEST_CALL_MILLIS = Duration.ofHours(24).toMillis();
    private static final long BYTES_PER_CALL = 4096;
    private static final int NEARLY_FULL_PERCENT = 80;

    /** So many tasks of which nothing but transfers is known can wait for an event that says that they are calls. */
    private static final int LONE_TRANSFERS = 256;

    private static final int LONE_TRANSFERS_OF_A_TASK = 8;

    /** A sixteenth of the room: a finished call is of use only for what comes late. */
    private static final int FINISHED_KEEP = 16;

    /** A quarter of the room: a decided call's value is to be taken off, and nobody else knows of it. */
    private static final int DECIDED_KEEP = 4;

    private final WorkQueue queue;
    private final Clock clock;
    private final long room;
    private final SchedulingPolicy wakeRule;
    private final Object lock = new Object();
    private final Map<Stage, Calls> calls = new EnumMap<>(Stage.class);
    private final Map<TaskRef, TaskRecord> loneTransfers = new LinkedHashMap<>();
    private long forgotten;
    private boolean isSaidThatItFills;

    /**
     * @param queue learns which tasks call for work
     * @param clock by which calls are forgotten
     * @param capacity how many calls of 4 KiB are remembered, or as much of larger and smaller ones
     * @param wakeRule says which events make a task due
     */
    public InMemoryTaskJournal(WorkQueue queue, Clock clock, int capacity, SchedulingPolicy wakeRule) {
        this.queue = queue;
        this.clock = clock;
        this.room = capacity * BYTES_PER_CALL;
        this.wakeRule = wakeRule;
        for (Stage stage : Stage.values()) {
            calls.put(stage, new Calls());
        }
    }

    /** Returns the capacity that takes a quarter of this JVM's heap at the most. */
    public static int defaultCapacity() {
        return (int) Math.min(1_000_000, Runtime.getRuntime().maxMemory() / 4 / BYTES_PER_CALL);
    }

    @Override
    public void append(CallEvent event) {
        boolean isNew = wakeRule.wakesNew() && !read(event.task()).timeline().knows(event);
        TaskRecord record = keep(event);
        if (wakeRule.isDue(event, isNew, record)) {
            queue.wake(event.task());
        }
    }

    /** Events of transfers name no channel, so that those of chats come as well: alone, none of them makes a call. */
    private TaskRecord keep(CallEvent event) {
        synchronized (lock) {
            forgetOld();
            TaskRef task = event.task();
            Optional<Entry> known = entry(task);
            TaskRecord before =
                    known.map(Entry::record).orElseGet(() -> loneTransfers.getOrDefault(task, nothingKnown(task)));
            TaskRecord record = before.with(event);
            if (known.isEmpty()
                    && event instanceof TaskRouterEvent ofTask
                    && ofTask.type().isTransfer()) {
                keepLone(record);
            } else {
                loneTransfers.remove(task);
                put(record);
            }
            return record;
        }
    }

    private void keepLone(TaskRecord record) {
        TaskRef task = record.timeline().task();
        loneTransfers.remove(task);
        loneTransfers.put(task, youngest(record));
        if (loneTransfers.size() > LONE_TRANSFERS) {
            Iterator<TaskRef> eldest = loneTransfers.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    private static TaskRecord youngest(TaskRecord record) {
        List<TaskRouterEvent> events = record.timeline().events();
        if (events.size() <= LONE_TRANSFERS_OF_A_TASK) {
            return record;
        }
        TaskRecord youngest = nothingKnown(record.timeline().task());
        for (TaskRouterEvent event : events.subList(events.size() - LONE_TRANSFERS_OF_A_TASK, events.size())) {
            youngest = youngest.with(event);
        }
        return youngest;
    }

    @Override
    public TaskRecord read(TaskRef task) {
        synchronized (lock) {
            forgetOld();
            return entry(task).map(Entry::record).orElseGet(() -> nothingKnown(task));
        }
    }

    @Override
    public TaskRecord record(Outcome outcome) {
        return change(outcome.segment().task(), known -> known.with(outcome));
    }

    @Override
    public void recordPreset(TaskRef task) {
        change(task, TaskRecord::withPreset);
    }

    @Override
    public void recordTakenOff(TaskRef task) {
        change(task, TaskRecord::withNothingStanding);
    }

    @Override
    public Set<WorkspaceSid> workspaces(AccountSid account) {
        synchronized (lock) {
            return calls.values().stream()
                    .flatMap(known -> known.byAge.keySet().stream())
                    .filter(task -> task.account().equals(account))
                    .map(TaskRef::workspace)
                    .collect(Collectors.toSet());
        }
    }

    @Override
    public void forget(TaskRef task) {
        synchronized (lock) {
            loneTransfers.remove(task);
            take(task);
        }
    }

    /** Returns how much of the room calls take that have not ended; finished ones are in nobody's way. */
    @Override
    public int percentFull() {
        synchronized (lock) {
            long open = size() - calls(Stage.FINISHED).size;
            return (int) Math.min(100, open * 100 / room);
        }
    }

    @Override
    public long forgottenForRoom() {
        synchronized (lock) {
            return forgotten;
        }
    }

    /** What was forgotten in the meantime stays so. */
    private TaskRecord change(TaskRef task, UnaryOperator<TaskRecord> change) {
        synchronized (lock) {
            forgetOld();
            Optional<TaskRecord> changed = entry(task).map(Entry::record).map(change);
            changed.ifPresent(this::put);
            return changed.orElseGet(() -> nothingKnown(task));
        }
    }

    private void put(TaskRecord record) {
        TaskRef task = record.timeline().task();
        // Taken out before it is put in, also where it stays, so that it comes last.
        take(task);
        calls(Stage.of(record)).put(task, new Entry(record, RecordSize.of(record), clock.millis()));
        makeRoom(task);
        sayThatItFills();
    }

    /** Finished and decided calls keep a share while others can go: what comes late of them is not to begin anew. */
    private void makeRoom(TaskRef justPut) {
        forget(Stage.FINISHED, room / FINISHED_KEEP, justPut);
        forget(Stage.DECIDED, room / DECIDED_KEEP, justPut);
        forget(Stage.OPEN, 0, justPut);
        forget(Stage.DECIDED, 0, justPut);
        forget(Stage.FINISHED, 0, justPut);
        forget(Stage.DUE, 0, justPut);
    }

    /** Forgets the calls of a stage that were quiet longest, while there is no room and they take more than their share. */
    private void forget(Stage stage, long share, TaskRef justPut) {
        Calls eldest = calls(stage);
        while (size() > room && eldest.size > share && !eldest.isFirst(justPut)) {
            eldest.removeFirst();
            forgotten += stage == Stage.FINISHED ? 0 : 1;
        }
    }

    private void sayThatItFills() {
        if (!isSaidThatItFills && percentFull() >= NEARLY_FULL_PERCENT) {
            isSaidThatItFills = true;
            log.warn(
                    "The in-memory journal is {} % full of calls that have not ended. When it is full, the calls that were quiet"
                            + " longest are forgotten first, and looked up at Twilio if they matter again."
                            + " Subscribe to task.completed and reservation.completed if the workspace's events are filtered;"
                            + " otherwise give the JVM more heap, or set hangupby.store=jdbc. Not said again",
                    percentFull());
        }
    }

    private void forgetOld() {
        long now = clock.millis();
        for (Calls known : calls.values()) {
            while (known.eldest()
                    .filter(entry -> now - entry.changedAt() >= LONGEST_CALL_MILLIS)
                    .isPresent()) {
                known.removeFirst();
            }
        }
    }

    private Optional<Entry> entry(TaskRef task) {
        for (Calls known : calls.values()) {
            Entry entry = known.byAge.get(task);
            if (entry != null) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    private void take(TaskRef task) {
        calls.values().forEach(known -> known.remove(task));
    }

    private long size() {
        long size = 0;
        for (Calls known : calls.values()) {
            size += known.size;
        }
        return size;
    }

    private Calls calls(Stage stage) {
        return Objects.requireNonNull(calls.get(stage));
    }

    private static TaskRecord nothingKnown(TaskRef task) {
        return new TaskRecord(TaskTimeline.of(task), List.of(), Optional.empty(), false);
    }

    /** How far a call has got. */
    private enum Stage {
        /** Nothing more can come of it. */
        FINISHED,
        /** What is over has its verdict, and nothing is to be done now. */
        DECIDED,
        /** It goes on, and nothing of it is decided. */
        OPEN,
        /** Something is to be decided or written now. */
        DUE;

        static Stage of(TaskRecord record) {
            if (record.callsForWork()) {
                return DUE;
            }
            if (record.finished()) {
                return FINISHED;
            }
            return record.outcomes().isEmpty() ? OPEN : DECIDED;
        }
    }

    /** The calls of one stage, in the order of their last changes, so that those to be forgotten come first. */
    private static final class Calls {
        private final Map<TaskRef, Entry> byAge = new LinkedHashMap<>();
        private long size;

        Optional<Entry> eldest() {
            return byAge.isEmpty()
                    ? Optional.empty()
                    : Optional.of(byAge.values().iterator().next());
        }

        void put(TaskRef task, Entry entry) {
            byAge.put(task, entry);
            size += entry.size();
        }

        void remove(TaskRef task) {
            Entry removed = byAge.remove(task);
            size -= removed == null ? 0 : removed.size();
        }

        boolean isFirst(TaskRef task) {
            return byAge.keySet().iterator().next().equals(task);
        }

        void removeFirst() {
            Iterator<Entry> eldest = byAge.values().iterator();
            size -= eldest.next().size();
            eldest.remove();
        }
    }

    private record Entry(TaskRecord record, long size, long changedAt) {}
}
