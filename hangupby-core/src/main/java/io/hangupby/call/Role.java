package io.hangupby.call;

/** Whose a leg is, seen from one agent's segment. */
public enum Role {
    /** The customer's, whoever called whom. */
    CUSTOMER,
    /** The agent whose segment is looked at. */
    AGENT,
    /** Another agent who took the same call. */
    COLLEAGUE,
    /** A worker's browser with no reservation on the task. */
    SUPERVISOR,
    /** An outside party: a number that is no agent's. */
    EXTERNAL,
    /** Not known: never taken for the agent's. */
    UNKNOWN
}
