package io.hangupby.simulator.rest;

/** The operations of the API that are counted separately, and that a fault can be injected into. */
public enum ApiOperation {
    /** One conference. */
    CONFERENCE,
    /** A search for conferences. */
    CONFERENCES,
    /** The participants of a conference, or one of them. */
    PARTICIPANTS,
    /** One call. */
    CALL,
    /** A search for calls. */
    CALLS,
    /** A read of a task. */
    TASK_READ,
    /** An update of a task. */
    TASK_WRITE,
    /** The reservations of a task, or one of them. */
    RESERVATIONS,
    /** The events of the workspace, or one of them. */
    EVENTS,
    /** The account, its workspaces, Event Streams and the settings of Voice Insights. */
    SETUP,
    /** Any other request. */
    OTHER
}
