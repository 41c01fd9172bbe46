package io.hangupby.servlet;

import java.util.concurrent.Semaphore;

/**
 * Bounds the total memory for copies of callbacks' bodies. Ignores copies that are smaller than the container's own buffers.
 * Thread-safe.
 */
final class CopyBudget {
    /** A copy up to this size, in bytes, is free. */
    static final int FREE_BYTES = 16 * 1024;

    /** Copies take at most 1/32 of the heap: 4 MiB of 128 MiB. */
    private static final int PARTS_OF_HEAP = 32;

    private final Semaphore bytes;

    /**
     * @param maxBytes the maximum size of all copies together, in bytes
     */
    CopyBudget(long maxBytes) {
        this.bytes = new Semaphore((int) Math.min(maxBytes, Integer.MAX_VALUE));
    }

    /** Returns the budget of a filter in this JVM. */
    static CopyBudget ofThisHeap() {
        return new CopyBudget(Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP);
    }

    /** Reserves bytes, or returns false if fewer are left. */
    boolean take(int count) {
        return bytes.tryAcquire(count);
    }

    void giveBack(int count) {
        bytes.release(count);
    }
}
