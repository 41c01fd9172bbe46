package io.hangupby.call;

/** Whose leg it is, seen from one agent's segment. */
public enum Role {
    /** The customer's, whoever called whom. */
    CUSTOMER,
    /** The agent whose segment is judged. */
    AGENT,
    /** Another agent who accepted a reservation of the same task. */
    OTHER_AGENT,
    /** A worker's browser with no reservation on the task. */
    SUPERVISOR,
    /** An outside party: a number that is no agent's. */
    EXTERNAL,
    /** Not known: never taken for the agent's. */
    UNKNOWN
}
