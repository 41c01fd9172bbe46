package io.hangupby.internal.journal;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.decision.Outcome;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.event.TaskTimeline;
import io.hangupby.internal.event.VoiceReport;
import io.hangupby.internal.journal.TasksByAge.KnownTask;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores tasks in this process's memory. The memory is bounded, and no event is rejected. When it is full, the tasks without
 * changes for longest are forgotten: finished and decided tasks beyond their shares first, then open tasks, and last those with
 * work to do. A task is forgotten a day after its last event, because TaskRouter lets a task be assigned for a day at most.
 * Thread-safe.
 */
public final class InMemoryTaskJournal implements TaskJournal {
    private static final Logger log = LoggerFactory.getLogger(InMemoryTaskJournal.class);

    private static final long LONGEST_TASK_MILLIS = Duration.ofHours(24).toMillis();
    private static final long BYTES_PER_TASK = 4096;
    private static final int NEARLY_FULL_PERCENT = 80;

    /** The tasks of which only transfers are known, and which wait for an event that shows that they are tasks. */
    private static final int LONE_TRANSFERS = 256;

    private static final int LONE_TRANSFERS_OF_A_TASK = 8;

    /** The share of finished tasks, a sixteenth: only late events need them. */
    private static final int FINISHED_SHARE = 16;

    /** The share of decided tasks, a quarter: only their records say whose values have to be removed. */
    private static final int DECIDED_SHARE = 4;

    private final WorkQueue queue;
    private final Clock clock;
    private final long room;
    private final SchedulingPolicy schedulingPolicy;
    private final Object lock = new Object();
    private final Map<TaskRef, KnownTask> tasks = new HashMap<>();
    private final Map<Stage, TasksByAge> stages = new EnumMap<>(Stage.class);

    /** The same, because each event goes through all of them, and the map's iterator costs more. */
    private final List<TasksByAge> eachStage;

    private final SidIndex index = new SidIndex();
    private final Map<TaskRef, TaskRecord> loneTransfers = new LinkedHashMap<>();
    private long forgotten;
    private boolean isFillingLogged;

    /**
     * @param queue learns which tasks have work to do
     * @param clock says when tasks are forgotten
     * @param capacity how many tasks of 4 KiB there is room for, or as many larger or smaller tasks
     * @param schedulingPolicy says which events make a task due
     */
    public InMemoryTaskJournal(WorkQueue queue, Clock clock, int capacity, SchedulingPolicy schedulingPolicy) {
        this.queue = queue;
        this.clock = clock;
        this.room = capacity * BYTES_PER_TASK;
        this.schedulingPolicy = schedulingPolicy;
        for (Stage stage : Stage.values()) {
            stages.put(stage, new TasksByAge());
        }
        this.eachStage = List.copyOf(stages.values());
    }

    /** Returns the capacity that takes at most a quarter of this JVM's heap. */
    public static int defaultCapacity() {
        return (int) Math.min(1_000_000, Runtime.getRuntime().maxMemory() / 4 / BYTES_PER_TASK);
    }

    @Override
    public void append(CallEvent event) {
        boolean isNew =
                schedulingPolicy.wakesNew() && !read(event.task()).timeline().knows(event);
        TaskRecord record = keep(event);
        if (schedulingPolicy.isDue(event, isNew, record)) {
            queue.wake(event.task());
        }
    }

    /**
     * Adds an event to its task. Transfer events do not name a channel, so that those of chats arrive too: transfers alone do not
     * make a task a call.
     */
    private TaskRecord keep(CallEvent event) {
        TaskRef task = event.task();
        long now = clock.millis();
        synchronized (lock) {
            forgetOld(now);
            Optional<TaskRecord> known = known(task);
            TaskRecord before = known.orElseGet(() -> loneTransfers.getOrDefault(task, nothingKnown(task)));
            TaskRecord record = before.with(event);
            if (known.isEmpty()
                    && event instanceof TaskRouterEvent ofTask
                    && ofTask.type().isTransfer()) {
                putLone(record);
            } else {
                loneTransfers.remove(task);
                put(record, now);
                if (event instanceof VoiceReport) {
                    index.add(task, TaskSids.of(record));
                }
            }
            return record;
        }
    }

    private void putLone(TaskRecord record) {
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
        long now = clock.millis();
        synchronized (lock) {
            forgetOld(now);
            return known(task).orElseGet(() -> nothingKnown(task));
        }
    }

    @Override
    public Set<WorkspaceSid> workspaces(AccountSid account) {
        synchronized (lock) {
            return tasks.keySet().stream()
                    .filter(task -> task.account().equals(account))
                    .map(TaskRef::workspace)
                    .collect(Collectors.toSet());
        }
    }

    @Override
    public List<TaskRef> tasksOf(AccountSid account, String sid) {
        synchronized (lock) {
            return index.find(account, sid);
        }
    }

    @Override
    public void latestOutcomes(int atMost, Consumer<Outcome> each) {
        List<KnownTask> latest;
        synchronized (lock) {
            latest = eachStage.stream()
                    .flatMap(stage -> stage.latest(atMost).stream())
                    .toList();
        }
        latest.stream()
                .sorted(Comparator.comparingLong(KnownTask::changedAt).reversed())
                .map(KnownTask::record)
                .filter(record -> !record.outcomes().isEmpty())
                .limit(atMost)
                .flatMap(record -> record.outcomes().stream())
                .forEach(each);
    }

    @Override
    public void forget(TaskRef task) {
        queue.forgetParked(task);
        synchronized (lock) {
            loneTransfers.remove(task);
            Optional.ofNullable(tasks.remove(task)).ifPresent(KnownTask::leave);
            index.remove(task);
        }
    }

    /**
     * Returns the share of the room, in percent, that open tasks take. Finished tasks do not count, because they are the first to
     * be forgotten.
     */
    @Override
    public int percentFull() {
        synchronized (lock) {
            long open = size() - stage(Stage.FINISHED).size();
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
    @Override
    public TaskRecord change(TaskRef task, UnaryOperator<TaskRecord> change) {
        long now = clock.millis();
        synchronized (lock) {
            forgetOld(now);
            Optional<TaskRecord> changed = known(task).map(change);
            changed.ifPresent(record -> {
                put(record, now);
                index.add(task, TaskSids.of(record));
            });
            return changed.orElseGet(() -> nothingKnown(task));
        }
    }

    private void put(TaskRecord record, long now) {
        KnownTask known = stage(Stage.of(record)).add(record, RecordSize.of(record), now);
        Optional.ofNullable(tasks.put(known.task(), known)).ifPresent(KnownTask::leave);
        makeRoom(known);
        logThatItFills();
    }

    /**
     * Keeps a share of finished and decided tasks, as long as others can be forgotten: otherwise a late event would start them
     * anew.
     */
    private void makeRoom(KnownTask justPut) {
        if (size() > room) {
            forget(Stage.FINISHED, room / FINISHED_SHARE, justPut);
            forget(Stage.DECIDED, room / DECIDED_SHARE, justPut);
            forget(Stage.OPEN, 0, justPut);
            forget(Stage.DECIDED, 0, justPut);
            forget(Stage.FINISHED, 0, justPut);
            forget(Stage.DUE, 0, justPut);
        }
    }

    /** Forgets the tasks of a stage without changes for longest, while there is no room and the stage exceeds its share. */
    private void forget(Stage stage, long share, KnownTask justPut) {
        TasksByAge known = stage(stage);
        Optional<KnownTask> eldest = known.eldest();
        while (size() > room && known.size() > share && !eldest.equals(Optional.of(justPut))) {
            eldest.ifPresent(this::remove);
            forgotten += stage == Stage.FINISHED ? 0 : 1;
            eldest = known.eldest();
        }
    }

    private void logThatItFills() {
        if (!isFillingLogged && percentFull() >= NEARLY_FULL_PERCENT) {
            isFillingLogged = true;
            log.warn(
                    "The in-memory journal is {} % full of tasks that have not ended. When it is full, the tasks without events for"
                            + " longest are forgotten, and read from Twilio again if they are needed."
                            + " Subscribe to task.completed and reservation.completed if the workspace's events are filtered;"
                            + " otherwise give the JVM more heap, or set hangupby.store=jdbc. Logged once",
                    percentFull());
        }
    }

    private void forgetOld(long now) {
        long longestAgo = now - LONGEST_TASK_MILLIS;
        for (TasksByAge stage : eachStage) {
            Optional<KnownTask> eldest = stage.eldest();
            while (eldest.isPresent() && eldest.get().changedAt() <= longestAgo) {
                remove(eldest.get());
                eldest = stage.eldest();
            }
        }
    }

    private void remove(KnownTask known) {
        known.leave();
        tasks.remove(known.task());
        index.remove(known.task());
    }

    private Optional<TaskRecord> known(TaskRef task) {
        return Optional.ofNullable(tasks.get(task)).map(KnownTask::record);
    }

    private long size() {
        long size = 0;
        for (TasksByAge stage : eachStage) {
            size += stage.size();
        }
        return size;
    }

    private TasksByAge stage(Stage stage) {
        return Objects.requireNonNull(stages.get(stage));
    }

    private static TaskRecord nothingKnown(TaskRef task) {
        return new TaskRecord(TaskTimeline.of(task), List.of(), Optional.empty(), false);
    }

    /** The stage of a task. */
    private enum Stage {
        /** No more work is possible. */
        FINISHED,
        /** All segments that ended have verdicts, and there is no work now. */
        DECIDED,
        /** The task goes on, and has no verdict yet. */
        OPEN,
        /** A segment has to be decided or a value written now. */
        DUE;

        static Stage of(TaskRecord record) {
            if (record.callsForWork()) {
                return DUE;
            }
            if (record.timeline().finished()) {
                return FINISHED;
            }
            return record.outcomes().isEmpty() ? OPEN : DECIDED;
        }
    }
}
