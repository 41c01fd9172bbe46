package io.hangupby.internal.journal;

import io.hangupby.call.TaskRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tasks of one stage in the order of their last changes, so that those to forget come first. The tasks are linked with each other:
 * each event makes a task the latest, and a map for each stage would cost it a second search and a second entry. Not thread-safe.
 */
final class TasksByAge {
    /** Before the eldest task and after the latest. */
    private final Link ends = new Link();

    private long size;

    /** Returns the estimated size of all tasks in bytes. */
    long size() {
        return size;
    }

    /**
     * Adds a task as the latest.
     *
     * @param size the estimated size in bytes
     * @param changedAt when the task changed last, in milliseconds
     */
    KnownTask add(TaskRecord record, long size, long changedAt) {
        KnownTask task = new KnownTask(record, this, size, changedAt);
        task.insertBefore(ends);
        this.size += size;
        return task;
    }

    Optional<KnownTask> eldest() {
        return ends.later instanceof KnownTask eldest ? Optional.of(eldest) : Optional.empty();
    }

    /** Returns the tasks that changed last, at most this many, the latest first. */
    List<KnownTask> latest(int atMost) {
        List<KnownTask> latest = new ArrayList<>();
        for (Link link = ends.elder; latest.size() < atMost && link instanceof KnownTask task; link = link.elder) {
            latest.add(task);
        }
        return latest;
    }

    private static class Link {
        private Link elder = this;
        private Link later = this;

        void insertBefore(Link other) {
            elder = other.elder;
            later = other;
            elder.later = this;
            later.elder = this;
        }

        void unlink() {
            elder.later = later;
            later.elder = elder;
        }
    }

    /** A task as of its last change. */
    static final class KnownTask extends Link {
        private final TaskRecord record;
        private final TasksByAge stage;
        private final long size;
        private final long changedAt;

        private KnownTask(TaskRecord record, TasksByAge stage, long size, long changedAt) {
            this.record = record;
            this.stage = stage;
            this.size = size;
            this.changedAt = changedAt;
        }

        TaskRef task() {
            return record.timeline().task();
        }

        TaskRecord record() {
            return record;
        }

        /** Returns when the task changed last, in milliseconds. */
        long changedAt() {
            return changedAt;
        }

        /** Removes the task from its stage. */
        void leave() {
            unlink();
            stage.size -= size;
        }
    }
}
