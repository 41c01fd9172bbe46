package io.hangupby.telemetry;

/** What is asked of Twilio's API. */
public enum ApiKind {
    /** One conference. */
    CONFERENCE,
    /** The legs in a running conference. */
    PARTICIPANTS,
    /** One leg's call. */
    CALL,
    /** The calls that a leg's call has made. */
    CHILD_CALLS,
    /** A task as it is now. */
    TASK,
    /** The writing of a task. */
    TASK_UPDATE,
    /** What TaskRouter recorded of a task. */
    TASK_EVENTS,
    /** The wrap-ups and completions that TaskRouter recorded in a workspace. */
    WRAP_UPS
}
