package io.hangupby.internal.processing;

import io.hangupby.twilio.WriteOnEventVersion;
import java.util.BitSet;

/**
 * Says whether an account's tasks can be written on the version that an event carries, without a read. In mode {@code AUTO} this
 * is learnt: it is off until 200 versions read from the API equalled those of events, and off again after a difference, or when
 * more than 5 of the last 100 such writes met a conflict. Thread-safe.
 */
public final class EventVersionTrust {
    /** How many comparisons without a difference it takes. */
    static final int COMPARISONS = 200;
    /** How many of the latest writes are considered. */
    static final int LATEST_WRITES = 100;
    /** How many of them may meet a conflict. */
    static final int CONFLICTS_AT_MOST = 5;

    private final WriteOnEventVersion mode;
    private final BitSet conflicts = new BitSet(LATEST_WRITES);
    private int inARow;
    private boolean numbered;
    private boolean learntOn;
    private long comparisons;
    private long differences;
    private long writes;
    private long conflicted;

    public EventVersionTrust(WriteOnEventVersion mode) {
        this.mode = mode;
    }

    /** Returns whether to write on the version of an event. */
    public synchronized boolean isOn() {
        return mode == WriteOnEventVersion.ALWAYS || (mode == WriteOnEventVersion.AUTO && learntOn);
    }

    /** Returns whether the numbers of events' versions have proved to be those of ETags, so that they show which is older. */
    synchronized boolean isNumberedLikeETags() {
        return numbered || mode == WriteOnEventVersion.ALWAYS;
    }

    /**
     * Counts a version that was read from the API and whose number is the newest event's, or should be.
     *
     * @param same whether the attributes are the same too
     */
    synchronized void compared(boolean same) {
        comparisons++;
        if (!same) {
            differed();
            return;
        }
        numbered = true;
        inARow++;
        learntOn |= inARow >= COMPARISONS;
    }

    /**
     * Takes in that an event carried the version that our own write made. That its attributes are the same says little of other
     * types of events, so it does not count as a comparison.
     */
    synchronized void ownVersionReturned(boolean same) {
        if (same) {
            numbered = true;
        } else {
            comparisons++;
            differed();
        }
    }

    private void differed() {
        differences++;
        numbered = false;
        startAnew();
    }

    /** Counts a write on an event's version. */
    synchronized void wrote(boolean conflict) {
        conflicts.set((int) (writes % LATEST_WRITES), conflict);
        writes++;
        conflicted += conflict ? 1 : 0;
        if (conflicts.cardinality() > CONFLICTS_AT_MOST) {
            startAnew();
        }
    }

    private void startAnew() {
        inARow = 0;
        learntOn = false;
        conflicts.clear();
    }

    /** Returns what was learnt so far. */
    public synchronized Counts status() {
        return new Counts(isOn(), comparisons, differences, writes, conflicted);
    }

    /**
     * What one account's events have shown so far of the versions that they carry. Immutable.
     *
     * @param on whether tasks are now written on the versions of events
     * @param comparisons how many versions were compared with what the API shows
     * @param differences how many of them had other attributes or another number
     * @param writes how many writes went on the version of an event
     * @param conflicts how many of those met a conflict
     */
    public record Counts(boolean on, long comparisons, long differences, long writes, long conflicts) {}
}
