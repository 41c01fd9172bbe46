package io.hangupby.twilio;

/** Whether a task is written on the version that its newest event carries, without a read before. */
public enum WriteOnEventVersion {
    /** Only once 200 comparisons with the API have shown that the versions of this account's events are right. */
    AUTO,
    /** Reads a task before each first write. */
    NEVER,
    /** From the start, without comparisons. */
    ALWAYS
}
