package io.hangupby.decision;

/** Who or what ended the customer's conversation with one agent. */
public enum EndedBy {
    /** The customer hung up. */
    CUSTOMER,
    /** This agent ended the call on purpose. */
    AGENT,
    /** This agent's connection dropped: a crash, a page refresh, a lost network. */
    DISCONNECT,
    /** This agent handed the customer to a queue or another agent and left at once. */
    COLD_TRANSFER,
    /** This agent handed the customer to another agent and left after that agent had joined. */
    WARM_TRANSFER,
    /** This agent was consulted and left; the customer stayed with the first agent. */
    CONSULT,
    /** The customer was sent to an outside number. */
    EXTERNAL_COLD_TRANSFER,
    /** This agent left the customer talking to an outside party. */
    EXTERNAL_WARM_TRANSFER,
    /** An outside party ended the call. */
    EXTERNAL,
    /** A supervisor who had joined ended the call. */
    SUPERVISOR,
    /** A program ended the call or moved the customer on, without an agent's click. */
    SYSTEM,
    /** The evidence does not say. hangupby never guesses, and writes no value. */
    UNKNOWN
}
