package io.hangupby.journal;

import io.hangupby.call.TaskRef;
import java.time.Instant;

/**
 * A task that is not tried again until {@code retryParked} is called. Immutable.
 *
 * @param task the task
 * @param since when the task was parked
 * @param reason why the task was parked, and the remedy
 */
public record ParkedTask(TaskRef task, Instant since, String reason) {}
