package io.hangupby.internal.journal;

import io.hangupby.call.TaskRef;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The tasks of one stage in the order of their last changes, so that those to forget come first. Not thread-safe. */
final class TasksByAge {
    private final Map<TaskRef, Entry> byAge = new LinkedHashMap<>();
    private long size;

    /**
     * A task in memory.
     *
     * @param size the estimated size in bytes
     * @param changedAt when the task changed last, in milliseconds
     */
    record Entry(TaskRecord record, long size, long changedAt) {}

    long size() {
        return size;
    }

    Stream<TaskRef> tasks() {
        return byAge.keySet().stream();
    }

    /** Returns the tasks that changed last, at most this many. */
    Stream<Entry> latest(int atMost) {
        return byAge.values().stream().skip(Math.max(0, byAge.size() - atMost));
    }

    Optional<Entry> find(TaskRef task) {
        return Optional.ofNullable(byAge.get(task));
    }

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

    /** Removes the eldest task, and returns it. */
    TaskRef removeFirst() {
        Iterator<Map.Entry<TaskRef, Entry>> entries = byAge.entrySet().iterator();
        Map.Entry<TaskRef, Entry> eldest = entries.next();
        size -= eldest.getValue().size();
        entries.remove();
        return eldest.getKey();
    }
}
