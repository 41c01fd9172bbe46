package io.hangupby.servlet;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds what requests cost while their bodies arrive. Anybody can send a head without a signature, and never the body that it
 * announces, while the container keeps buffers for the request. So this class limits the number of such requests and their share
 * of the heap. A body counts only by its first bytes until more arrive. Without room, the oldest request is rejected in favour of a
 * new request. Thread-safe.
 */
final class BodyBudget {
    /** How many bytes of a body are counted before they arrive. Further bytes are counted when they arrive. */
    static final int FIRST_BYTES = 16 * 1024;

    private static final Logger log = LoggerFactory.getLogger(BodyBudget.class);

    /** Requests under way take at most a tenth of the heap: 12.8 MiB of 128 MiB. */
    private static final int PARTS_OF_HEAP = 10;

    /** The maximum number of requests under way, however large the heap is. */
    private static final int MAX_REQUESTS = 1_000;

    /** The maximum number of requests that each hold a thread of the container, which often has 200 threads in all. */
    private static final int MAX_THREADS = 32;

    /**
     * The cost of one request under way besides its body, mainly in the container. Measured: 110 KiB in Tomcat 10.1 and 11, 15 KiB in
     * Jetty 12.1.
     */
    private static final int BYTES_PER_REQUEST = 128 * 1024;

    /** The time for which a request is safe from rejection. Twilio's bodies arrive within this time. */
    private static final long PROTECTED_MILLIS = 100;

    /** Bounds the number of log lines while many requests are rejected. */
    private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(10).toNanos();

    private final int maxRequests;
    private final long maxBytes;
    private final LongSupplier nanos;

    /** The requests that can be rejected in favour of others, the oldest first. */
    private final Deque<Room> waiting = new ArrayDeque<>();

    private int requests;
    private int threads;
    private long bytes;
    private long rejected;
    private long nextLine;

    /**
     * @param maxRequests the maximum number of requests under way
     * @param maxBytes the maximum heap that they take together, in bytes
     * @param nanos the clock, in nanoseconds
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
     * Reserves room for one more request. Release the room once the body is no longer needed. Empty if there is no room.
     *
     * @param body the maximum size of the body, in bytes
     * @param holdsThread whether a thread waits for the body
     */
    Optional<Room> take(int body, boolean holdsThread) {
        List<Room> givenUp = new ArrayList<>();
        Optional<Room> taken = take(body, holdsThread, givenUp);
        givenUp.forEach(Room::giveUp);
        return taken;
    }

    private synchronized Optional<Room> take(int body, boolean holdsThread, List<Room> givenUp) {
        int first = BYTES_PER_REQUEST + Math.min(body, FIRST_BYTES);
        if ((holdsThread && threads == MAX_THREADS) || !makeRoom(1, first, givenUp)) {
            reject();
            return Optional.empty();
        }
        requests++;
        bytes += first;
        threads += holdsThread ? 1 : 0;
        return Optional.of(new Room(first, body, holdsThread, isScarce()));
    }

    /** Gives up the oldest requests until there is room. Returns false if that is not possible. */
    private boolean makeRoom(int moreRequests, int moreBytes, List<Room> givenUp) {
        while (requests + moreRequests > maxRequests || bytes + moreBytes > maxBytes) {
            Room oldest = waiting.peekFirst();
            if (oldest == null
                    || nanos.getAsLong() - oldest.since
                            < Duration.ofMillis(PROTECTED_MILLIS).toNanos()) {
                return false;
            }
            giveBack(oldest);
            givenUp.add(oldest);
        }
        return true;
    }

    private boolean isScarce() {
        return requests > maxRequests / 2 || bytes > maxBytes / 2 || threads > MAX_THREADS / 2;
    }

    /** Returns the number of requests that hold room now. */
    synchronized int requests() {
        return requests;
    }

    /** Returns the number of requests that can be rejected in favour of others. */
    synchronized int waiting() {
        return waiting.size();
    }

    private void reject() {
        rejected++;
        long now = nanos.getAsLong();
        if (now - nextLine >= 0) {
            log.warn(
                    "Rejected {} requests with 503: {} others are being received, and there is no room for more. Unless this is "
                            + "an attack, let a proxy in front receive whole bodies first, or give the JVM more heap and the "
                            + "servlet async support.",
                    rejected,
                    requests);
            rejected = 0;
            nextLine = now + NANOS_BETWEEN_LINES;
        }
    }

    private synchronized void giveBack(Room room) {
        if (!room.released) {
            room.released = true;
            waiting.remove(room);
            requests--;
            bytes -= room.taken;
            giveBackThread(room);
        }
    }

    private void giveBackThread(Room room) {
        threads -= room.holdsThread ? 1 : 0;
        room.holdsThread = false;
    }

    /** The room of one request under way. Its fields change only under the budget's lock. */
    final class Room {
        private final int body;
        private final boolean scarce;
        private final long since = nanos.getAsLong();
        private int taken;
        private boolean holdsThread;
        private boolean released;
        private Runnable whenGivenUp = () -> {};

        private Room(int taken, int body, boolean holdsThread, boolean scarce) {
            this.taken = taken;
            this.body = body;
            this.holdsThread = holdsThread;
            this.scarce = scarce;
        }

        /** Returns whether more than half of the budget was taken when this room was reserved, so that deadlines are short. */
        boolean isScarce() {
            return scarce;
        }

        /**
         * Lets the budget take the room back for another request, if this request is slow.
         *
         * @param ends ends this request, in the thread of the other request
         */
        void canBeGivenUp(Runnable ends) {
            synchronized (BodyBudget.this) {
                if (!released) {
                    whenGivenUp = ends;
                    waiting.addLast(this);
                }
            }
        }

        private void giveUp() {
            whenGivenUp.run();
        }

        /**
         * Returns whether there is room for the part of the body that has arrived. Reserves room for the whole body once more than the
         * first bytes have arrived.
         *
         * @param arrived how many bytes have arrived
         */
        boolean fits(int arrived) {
            if (arrived <= FIRST_BYTES) {
                return true;
            }
            List<Room> givenUp = new ArrayList<>();
            boolean fits = takeWhole(givenUp);
            givenUp.forEach(Room::giveUp);
            return fits;
        }

        private boolean takeWhole(List<Room> givenUp) {
            synchronized (BodyBudget.this) {
                int more = BYTES_PER_REQUEST + body - taken;
                if (released || more <= 0) {
                    return !released;
                }
                // A request that has sent this much must not be given up to make room for itself.
                boolean wasWaiting = waiting.remove(this);
                boolean fits = makeRoom(0, more, givenUp);
                if (fits) {
                    bytes += more;
                    taken += more;
                } else {
                    reject();
                }
                if (wasWaiting) {
                    waiting.addLast(this);
                }
                return fits;
            }
        }

        /** Marks the body as arrived, so that the request can no longer be rejected in favour of others. */
        void hasArrived() {
            synchronized (BodyBudget.this) {
                waiting.remove(this);
                if (!released) {
                    giveBackThread(this);
                }
            }
        }

        /** Gives the room back. Further calls have no effect. */
        void release() {
            giveBack(this);
        }
    }
}
