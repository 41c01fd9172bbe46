package io.hangupby.call;

/** Whose a leg is, seen from one agent's segment. */
public enum Role {
    CUSTOMER,
    /** The agent whose segment is looked at. */
    AGENT,
    /** Neither, or not known: never taken for the agent's. */
    OTHER
}
