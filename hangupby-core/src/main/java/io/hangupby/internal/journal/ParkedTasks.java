package io.hangupby.internal.journal;

import io.hangupby.call.TaskRef;
import io.hangupby.journal.ParkedTask;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parked tasks in memory. Beyond the bound, the task that was parked longest is forgotten. Not thread-safe. */
final class ParkedTasks {
    private static final Logger log = LoggerFactory.getLogger(ParkedTasks.class);

    private static final int LONGEST_REASON = 1_000;
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    // In the order in which they were parked.
    private final Map<TaskRef, ParkedTask> tasks = new LinkedHashMap<>();
    private final Clock clock;
    private final int atMost;
    private Instant quietUntil = Instant.MIN;
    private long forgotten;

    ParkedTasks(Clock clock, int atMost) {
        this.clock = clock;
        this.atMost = atMost;
    }

    void add(TaskRef task, String reason) {
        String why = reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
        tasks.put(task, new ParkedTask(task, clock.instant(), why));
        if (tasks.size() > atMost) {
            Iterator<TaskRef> longest = tasks.keySet().iterator();
            TaskRef first = longest.next();
            longest.remove();
            forgotten++;
            logThatItIsForgotten(first);
        }
    }

    private void logThatItIsForgotten(TaskRef task) {
        Instant now = clock.instant();
        if (!now.isBefore(quietUntil)) {
            quietUntil = now.plus(BETWEEN_LINES);
            log.warn(
                    "task {}: forgotten, because more than {} tasks are parked; {} forgotten so far",
                    task,
                    atMost,
                    forgotten);
        }
    }

    void remove(TaskRef task) {
        tasks.remove(task);
    }

    Optional<ParkedTask> find(TaskRef task) {
        return Optional.ofNullable(tasks.get(task));
    }

    /** Returns the tasks that were parked longest, in the order in which they were parked. */
    List<ParkedTask> longest(int limit) {
        return tasks.values().stream().limit(limit).toList();
    }

    int size() {
        return tasks.size();
    }
}
