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

    /**
     * What one request under way costs beside its body, in the container above all: up to 70 KiB were measured in Tomcat 10.1
     * and 11, and less in Jetty 12.1.
     */
    private static final int BYTES_PER_REQUEST = 96 * 1024;

    /** A flood of requests must not become a flood of lines. */
    private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(10).toNanos();

    private final int maxRequests;
    private final long maxBytes;
    private final LongSupplier nanos;
    private int requests;
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
     */
    synchronized Optional<Room> take(long body) {
        long taken = BYTES_PER_REQUEST + body;
        if (requests == maxRequests || bytes + taken > maxBytes) {
            reject();
            return Optional.empty();
        }
        requests++;
        bytes += taken;
        return Optional.of(new Room(taken, requests > maxRequests / 2 || bytes > maxBytes / 2));
    }

    private void reject() {
        rejected++;
        long now = nanos.getAsLong();
        if (now - nextLine >= 0) {
            log.warn(
                    "Rejected {} requests with 503: {} others are being received, which is all that this heap has room for. "
                            + "If this is no attack, have a proxy in front receive whole bodies first, or give the JVM more heap.",
                    rejected,
                    requests);
            rejected = 0;
            nextLine = now + NANOS_BETWEEN_LINES;
        }
    }

    private synchronized void giveBack(long taken) {
        requests--;
        bytes -= taken;
    }

    /** What one request under way may take. */
    final class Room {
        private final long taken;
        private final boolean scarce;
        private final AtomicBoolean released = new AtomicBoolean();

        private Room(long taken, boolean scarce) {
            this.taken = taken;
            this.scarce = scarce;
        }

        /** Says whether more than half of the budget is taken, so that whoever is slow now keeps others out. */
        boolean isScarce() {
            return scarce;
        }

        /** Gives the room back. Only the first time counts. */
        void release() {
            if (released.compareAndSet(false, true)) {
                giveBack(taken);
            }
        }
    }
}
