package io.hangupby.servlet;

import java.util.concurrent.Semaphore;

/**
 * Bounds what the copies of callbacks' bodies take together, beside those that are so small that the container's own buffers are
 * larger. Thread-safe.
 */
final class CopyBudget {
    /** A copy of so many bytes takes nothing of the budget. */
    static final int FREE_BYTES = 16 * 1024;

    /** Copies take 1/32 of the heap at the most: 4 MiB of 128 MiB. */
    private static final int PARTS_OF_HEAP = 32;

    private final Semaphore bytes;

    /**
     * @param maxBytes the most that copies take together, in bytes
     */
    CopyBudget(long maxBytes) {
        this.bytes = new Semaphore((int) Math.min(maxBytes, Integer.MAX_VALUE));
    }

    /** Returns the budget of a filter in this JVM. */
    static CopyBudget ofThisHeap() {
        return new CopyBudget(Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP);
    }

    /** Takes so many bytes, or returns false if there are not so many left. */
    boolean take(int count) {
        return bytes.tryAcquire(count);
    }

    void giveBack(int count) {
        bytes.release(count);
    }
}
