package io.hangupby.simulator.account;

/** What the events of a task carry of its versions. */
public enum EventVersions {
    /** The attributes and the number of the version that the task has. */
    CURRENT,
    /** The number of the version that the task has, with the attributes before the last write. */
    OLDER_ATTRIBUTES,
    /** The attributes, and no {@code TaskVersion}. */
    NO_NUMBER
}
