package io.hangupby.decision;

/** A detail of a segment that can be written into a field of Flex Insights. */
public enum Detail {
    /** Whether the customer was on hold. */
    ON_HOLD,
    /** Whether a transfer or a consult was under way. */
    TRANSFERRING,
    /** The time from the agent's acceptance until the agent's leg left, in seconds. */
    TALK_TIME,
    /** Whether the talk time was shorter than a limit. */
    SHORT_CALL
}
