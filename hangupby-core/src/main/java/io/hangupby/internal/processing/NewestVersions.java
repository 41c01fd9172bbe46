package io.hangupby.internal.processing;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent.FieldSeen;
import io.hangupby.internal.event.TaskVersion;
import io.hangupby.internal.event.TaskVersions;
import io.hangupby.internal.twilio.TaskSnapshot;
import io.hangupby.twilio.WriteOnEventVersion;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The newest known version of each task with an agent in wrap-up, and what its attributes must still say. In this node's memory
 * only, and bounded in bytes: a task that is forgotten is read from Twilio as before. Thread-safe.
 */
public final class NewestVersions implements TaskVersions {
    private static final int SHARE_OF_THE_HEAP = 64;
    private static final long BYTES_PER_TASK = 1024;

    private final WriteOnEventVersion mode;
    private final boolean sharedJournal;
    private final long room;
    private final Map<AccountSid, EventVersionTrust> trust = new ConcurrentHashMap<>();
    // In the order of their last changes.
    private final Map<TaskRef, TaskInWrapUp> tasks = new LinkedHashMap<>();
    private long size;

    /**
     * @param mode whether tasks are written on the versions of events
     * @param sharedJournal whether other nodes work on tasks whose events this node receives
     */
    public NewestVersions(WriteOnEventVersion mode, boolean sharedJournal) {
        this(mode, sharedJournal, Runtime.getRuntime().maxMemory() / SHARE_OF_THE_HEAP);
    }

    NewestVersions(WriteOnEventVersion mode, boolean sharedJournal, long room) {
        this.mode = mode;
        this.sharedJournal = sharedJournal;
        this.room = room;
    }

    /** Returns what is learnt of an account's events. */
    public EventVersionTrust trust(AccountSid account) {
        return trust.computeIfAbsent(account, unknown -> new EventVersionTrust(mode));
    }

    @Override
    public synchronized boolean isWatched(TaskRef task) {
        return tasks.containsKey(task);
    }

    /** A node that shares the journal cannot know whether another node wrote the value. */
    @Override
    public Optional<String> hangUpBy(TaskRef task, Supplier<Optional<TaskVersion>> version) {
        return sharedJournal || isWatched(task)
                ? version.get()
                        .filter(carried -> !isOlder(carried))
                        .map(carried -> TaskAttributes.of(carried.attributes()))
                        .filter(text -> text.problem().isEmpty())
                        .map(text -> FlexAttributes.hangUpBy(text).orElse(""))
                : Optional.empty();
    }

    /** Returns whether this node knows that a task has a later version than was seen. */
    synchronized boolean isOlder(FieldSeen seen) {
        return isOlder(seen.task(), seen.version());
    }

    private synchronized boolean isOlder(TaskVersion version) {
        return isOlder(version.task(), version.number());
    }

    private boolean isOlder(TaskRef task, Optional<Long> number) {
        return known(task).stream().anyMatch(known -> known.isOlder(number, trust(task)));
    }

    @Override
    public synchronized void received(EventType type, TaskRef task, Supplier<Optional<TaskVersion>> version) {
        if (type.isWrapUp() || tasks.containsKey(task)) {
            version.get().ifPresent(carried -> change(task, known -> known.received(carried, trust(task))));
        }
    }

    /** Takes in the version of an update. Returns whether this node knows that it changes nothing for a segment. */
    synchronized boolean isUnchanged(TaskVersion version) {
        TaskRef task = version.task();
        known(task).ifPresent(any -> change(task, known -> known.received(version, trust(task))));
        return known(task).stream().anyMatch(known -> known.isUnchanged(version, trust(task)));
    }

    /** Sets what the attributes must still say. Returns the newest version, if it may differ from that. */
    synchronized Optional<TaskVersion> watch(TaskRef task, FieldWatch fields) {
        TaskInWrapUp watched = tasks.getOrDefault(task, TaskInWrapUp.UNKNOWN).watchedFor(fields);
        put(task, watched);
        return watched.newest().filter(newest -> !watched.isUnchanged(newest, trust(task)));
    }

    /** Forgets a task of which no agent is in wrap-up any more. */
    synchronized void forget(TaskRef task) {
        remove(task);
    }

    /** Returns the task as of its newest version, if events are trusted. */
    synchronized Optional<TaskSnapshot> newest(TaskRef task) {
        Optional<TaskSnapshot> newest =
                known(task).flatMap(known -> known.snapshot(trust(task))).map(NewestVersions::copied);
        newest.ifPresent(offered -> change(task, known -> known.offering(offered.etag())));
        return newest;
    }

    /** Returns whether a task had a version already at a moment, as far as this node knows from events. */
    synchronized boolean isUnchangedSince(TaskRef task, TaskSnapshot version, Instant moment) {
        return known(task).stream().anyMatch(known -> known.isUnchangedSince(version, moment, trust(task)));
    }

    /** Returns the version that our own last write made, unless the task is known to have changed since. */
    synchronized Optional<TaskSnapshot> lastWritten(TaskRef task) {
        return known(task).flatMap(TaskInWrapUp::own).map(NewestVersions::copied);
    }

    private static TaskSnapshot copied(TaskSnapshot known) {
        return known.unread().asPresumed();
    }

    /** Takes in what the API shows. */
    synchronized void read(TaskRef task, TaskSnapshot snapshot) {
        known(task).ifPresent(any -> change(task, known -> known.read(snapshot, trust(task))));
    }

    /**
     * Takes in that an update on a version was applied.
     *
     * @param now the version that it made, if the response named it
     */
    synchronized void wrote(TaskRef task, String before, Optional<TaskSnapshot> now) {
        known(task)
                .ifPresent(any ->
                        change(task, known -> known.wrote(before, now.map(TaskSnapshot::unread), trust(task))));
    }

    /**
     * Takes in that an update on a version failed, so that only a read shows the present version.
     *
     * @param conflict whether that was because the task has another version
     */
    synchronized void failed(TaskRef task, String before, boolean conflict) {
        known(task).ifPresent(any -> change(task, known -> known.failed(before, conflict, trust(task))));
    }

    private EventVersionTrust trust(TaskRef task) {
        return trust(task.account());
    }

    private Optional<TaskInWrapUp> known(TaskRef task) {
        return Optional.ofNullable(tasks.get(task));
    }

    private void change(TaskRef task, UnaryOperator<TaskInWrapUp> change) {
        put(task, change.apply(tasks.getOrDefault(task, TaskInWrapUp.UNKNOWN)));
    }

    private void put(TaskRef task, TaskInWrapUp changed) {
        remove(task);
        tasks.put(task, changed);
        size += bytes(changed);
        Iterator<TaskInWrapUp> eldest = tasks.values().iterator();
        while (size > room && eldest.hasNext()) {
            size -= bytes(eldest.next());
            eldest.remove();
        }
    }

    private void remove(TaskRef task) {
        TaskInWrapUp removed = tasks.remove(task);
        size -= removed == null ? 0 : bytes(removed);
    }

    private static long bytes(TaskInWrapUp task) {
        return BYTES_PER_TASK + 2L * task.characters();
    }
}
