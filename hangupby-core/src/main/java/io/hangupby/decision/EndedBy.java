package io.hangupby.decision;

/** The answers: how the customer's conversation with one agent ended. */
public enum EndedBy {
    /** The customer hung up. */
    CUSTOMER,
    /** This agent ended it on purpose. */
    AGENT,
    /** This agent's leg went away with no sign of purpose: crash, refresh, lost network. */
    DISCONNECT,
    /** Ended, or the customer moved on, through the API with no agent's click behind it. */
    SYSTEM,
    /** The evidence does not say. Never replaced by a guess, and nothing is written for it. */
    UNKNOWN
}
