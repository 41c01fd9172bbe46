package io.hangupby.internal.twilio;

/** What became of an update of a task. */
public enum TaskUpdate {
    /** It stands. */
    APPLIED,
    /** Somebody else changed the task since it was read (HTTP 412); nothing was written. */
    CHANGED_MEANWHILE,
    /** There is no such task any more; nothing was written. */
    GONE
}
