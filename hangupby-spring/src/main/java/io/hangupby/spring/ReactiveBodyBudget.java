package io.hangupby.spring;

/** Bounds the bodies that a reactive application receives for hangupby at once. Thread-safe. */
final class ReactiveBodyBudget {
    private static final int MAX_REQUESTS = 1_000;
    private static final int PARTS_OF_HEAP = 10;

    private final long maxBytes;
    private long bytes;
    private int requests;

    /**
     * @param maxBytes how many bytes all bodies may have together
     */
    ReactiveBodyBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    static ReactiveBodyBudget ofThisHeap() {
        return new ReactiveBodyBudget(Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP);
    }

    /** Reserves room for a body, and returns whether there was room. */
    synchronized boolean take(int body) {
        if (requests == MAX_REQUESTS || bytes + body > maxBytes) {
            return false;
        }
        requests++;
        bytes += body;
        return true;
    }

    /** Returns whether more than half of the room is taken. */
    synchronized boolean isScarce() {
        return requests > MAX_REQUESTS / 2 || bytes > maxBytes / 2;
    }

    synchronized void giveBack(int body) {
        requests--;
        bytes -= body;
    }
}
