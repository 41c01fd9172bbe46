package io.hangupby.simulator;

/** The kinds of API call that are counted apart, and for which faults can be ordered. */
public enum ApiKind {
    /** One conference. */
    CONFERENCE,
    /** Conferences by name. */
    CONFERENCES,
    /** The legs of a conference. */
    PARTICIPANTS,
    /** One call. */
    CALL,
    /** Calls by parent, status or number. */
    CALLS,
    /** Reading a task. */
    TASK_READ,
    /** Updating a task. */
    TASK_WRITE,
    /** A task's reservations, all or one. */
    RESERVATIONS,
    /** The workspace's events. */
    EVENTS,
    /** Anything the simulator does not know. */
    OTHER
}
