package io.hangupby.internal.event;

import io.hangupby.call.TaskRef;
import java.time.Instant;
import java.util.Optional;

/**
 * A version of a task, as an event carried it. Held in memory only, because attributes are callers' data. Immutable.
 *
 * @param task the task
 * @param at when the event happened
 * @param number the number of the version, if the event has it; probably the number in the task's ETag, which is not documented
 * @param attributes the text of the task's attributes
 * @param over whether the task is completed or canceled
 */
public record TaskVersion(TaskRef task, Instant at, Optional<Long> number, String attributes, boolean over) {

    /** Omits the attributes. */
    @Override
    public String toString() {
        return "TaskVersion[" + task + ", " + number.map(String::valueOf).orElse("no number") + "]";
    }
}
