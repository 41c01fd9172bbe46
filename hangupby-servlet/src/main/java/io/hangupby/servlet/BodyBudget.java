package io.hangupby.servlet;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds what requests may cost while their bodies are under way. Anybody can send a head and never the body that it announces:
 * no signature is needed, and the container keeps its buffers for each of them. So the number of such requests is bounded, and
 * so is the share of the heap that they take. A request that has its room can be received to its end. Thread-safe.
 */
final class BodyBudget {
    private static final Logger log = LoggerFactory.getLogger(BodyBudget.class);

    /** Requests under way take a tenth of the heap at the most: 12.8 MiB of 128 MiB. */
    private static final int PARTS_OF_HEAP = 10;

    /** The most requests under way, however large the heap is. */
    private static final int MAX_REQUESTS = 1_000;

    /** The most of them that may hold a thread of the container each, of which there are often 200 for all that it does. */
    private static final int MAX_THREADS = 32;

    /**
     * What one request under way costs beside its body, in the container above all: 110 KiB were measured in Tomcat 10.1 and 11,
     * 15 KiB in Jetty 12.1.
     */
    private static final int BYTES_PER_REQUEST = 128 * 1024;

    /** A flood of requests must not become a flood of lines. */
    private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(10).toNanos();

    private final int maxRequests;
    private final long maxBytes;
    private final LongSupplier nanos;
    private int requests;
    private int threads;
    private long bytes;
    private long rejected;
    private long nextLine;

    /**
     * @param maxRequests the most requests under way
     * @param maxBytes the most heap that they take together, in bytes
     * @param nanos by which time passes
     */
    BodyBudget(int maxRequests, long maxBytes, LongSupplier nanos) {
        this.maxRequests = maxRequests;
        this.maxBytes = maxBytes;
        this.nanos = nanos;
        this.nextLine = nanos.getAsLong();
    }

    /** Returns the budget of a servlet in this JVM. */
    static BodyBudget ofThisHeap() {
        return new BodyBudget(MAX_REQUESTS, Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP, System::nanoTime);
    }

    /**
     * Returns room for one more request, to be released once its body is no longer needed. Empty if there is none.
     *
     * @param body how many bytes the body can have
     * @param holdsThread whether a thread waits for it
     */
    synchronized Optional<Room> take(long body, boolean holdsThread) {
        long taken = BYTES_PER_REQUEST + body;
        if (requests == maxRequests || bytes + taken > maxBytes || (holdsThread && threads == MAX_THREADS)) {
            reject();
            return Optional.empty();
        }
        requests++;
        bytes += taken;
        threads += holdsThread ? 1 : 0;
        return Optional.of(new Room(taken, holdsThread, isScarce()));
    }

    private boolean isScarce() {
        return requests > maxRequests / 2 || bytes > maxBytes / 2 || threads > MAX_THREADS / 2;
    }

    /** Returns how many requests have room now. */
    synchronized int requests() {
        return requests;
    }

    private void reject() {
        rejected++;
        long now = nanos.getAsLong();
        if (now - nextLine >= 0) {
            log.warn(
                    "Rejected {} requests with 503: {} others are being received, which is all that there is room for. "
                            + "If this is no attack, have a proxy in front receive whole bodies first, or give the JVM more heap "
                            + "and the servlet async support.",
                    rejected,
                    requests);
            rejected = 0;
            nextLine = now + NANOS_BETWEEN_LINES;
        }
    }

    private synchronized void giveBack(Room room) {
        requests--;
        bytes -= room.taken;
        threads -= room.holdsThread ? 1 : 0;
    }

    /** What one request under way may take. */
    final class Room {
        private final long taken;
        private final boolean holdsThread;
        private final boolean scarce;
        private final AtomicBoolean released = new AtomicBoolean();

        private Room(long taken, boolean holdsThread, boolean scarce) {
            this.taken = taken;
            this.holdsThread = holdsThread;
            this.scarce = scarce;
        }

        /** Says whether more than half of the budget is taken, so that whoever is slow now keeps others out. */
        boolean isScarce() {
            return scarce;
        }

        /** Gives the room back. Only the first time counts. */
        void release() {
            if (released.compareAndSet(false, true)) {
                giveBack(this);
            }
        }
    }
}
