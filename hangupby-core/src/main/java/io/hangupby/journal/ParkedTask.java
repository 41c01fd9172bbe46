package io.hangupby.journal;

import io.hangupby.call.TaskRef;
import java.time.Instant;

/**
 * A task on which nothing further is tried by itself. Immutable.
 *
 * @param task which
 * @param since when it was parked
 * @param reason why, and what would help
 */
public record ParkedTask(TaskRef task, Instant since, String reason) {}
