package io.hangupby.internal.twilio;

/** The result of an update of a task. */
public enum TaskUpdate {
    /** The update was applied. */
    APPLIED,
    /** Another writer changed the task since it was read (HTTP 412). Nothing was written. */
    CHANGED_MEANWHILE,
    /** The task does not exist any more. Nothing was written. */
    GONE
}
