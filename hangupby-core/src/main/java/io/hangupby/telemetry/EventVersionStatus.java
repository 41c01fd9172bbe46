package io.hangupby.telemetry;

/**
 * What one account's events have shown so far of the versions of tasks that they carry. Counts begin with the start of the process.
 * An application reads this interface and does not implement it: later versions can add methods. Implementations are immutable.
 */
public interface EventVersionStatus {

    /** Returns whether tasks are now written on the versions of events, without a read before. */
    boolean on();

    /** Returns how many versions of events were compared with what the API shows. */
    long comparisons();

    /** Returns how many of them had other attributes or another number. */
    long differences();

    /** Returns how many writes went on the version of an event. */
    long writes();

    /** Returns how many of those met a conflict, and were made again after a read. */
    long conflicts();
}
