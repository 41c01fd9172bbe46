package io.hangupby.call;

/** The role of a leg in one agent's segment. */
public enum Role {
    /** The customer, in inbound and outbound calls. */
    CUSTOMER,
    /** The agent whose segment is judged. */
    AGENT,
    /** Another agent who accepted a reservation of the same task. */
    OTHER_AGENT,
    /** A worker's browser with no reservation on the task. */
    SUPERVISOR,
    /** An outside party: the leg calls a number that is not an agent's. */
    EXTERNAL,
    /** No party: an address of {@code hangupby.ignored-participants}, such as a recorder. No rule counts such a leg. */
    IGNORED,
    /** The leg's owner is not known. Rules never assume that such a leg is the agent's. */
    UNKNOWN
}
