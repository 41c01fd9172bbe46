package io.hangupby.internal.processing;

/** The kind of a request to Twilio's API. The metrics and traces of users show these names. */
enum ApiKind {
    /** Reads a conference. */
    CONFERENCE,
    /** Lists the participants of a conference in progress. */
    PARTICIPANTS,
    /** Reads a leg's call. */
    CALL,
    /** Lists the child calls of a leg's call. */
    CHILD_CALLS,
    /** Reads a task. */
    TASK,
    /** Updates a task. */
    TASK_UPDATE,
    /** Lists the events of a task that TaskRouter recorded. */
    TASK_EVENTS,
    /** Lists the wrap-ups and completions of a workspace that TaskRouter recorded. */
    WRAP_UPS
}
