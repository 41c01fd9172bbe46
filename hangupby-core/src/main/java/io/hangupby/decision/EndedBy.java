package io.hangupby.decision;

/** The answers: how the customer's conversation with one agent ended. */
public enum EndedBy {
    /** The customer hung up. */
    CUSTOMER,
    /** This agent ended it on purpose. */
    AGENT,
    /** This agent's leg went away with no sign of purpose: crash, refresh, lost network. */
    DISCONNECT,
    /** This agent handed the customer to a queue or another agent and left at once. */
    COLD_TRANSFER,
    /** The same, after the other agent had joined. */
    WARM_TRANSFER,
    /** This agent was consulted and left again; the customer stayed with the first agent. */
    CONSULT,
    /** The customer was sent to an outside number. */
    EXTERNAL_COLD_TRANSFER,
    /** This agent left the customer talking to an outside party. */
    EXTERNAL_WARM_TRANSFER,
    /** An outside party ended the call. */
    EXTERNAL,
    /** A supervisor who had joined ended it. */
    SUPERVISOR,
    /** Ended, or the customer moved on, through the API with no agent's click behind it. */
    SYSTEM,
    /** The evidence does not say. Never replaced by a guess, and nothing is written for it. */
    UNKNOWN
}
