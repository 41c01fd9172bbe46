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
 * Bounds what requests may cost while their bodies are under way. Anybody can send a head and never the body that it announces:
 * no signature is needed, and the container keeps its buffers for each of them. So the number of such requests is bounded, and
 * so is the share of the heap that they take. A body counts by its first bytes until more have come, and where there is no room,
 * whoever has been slow for longest makes place. Thread-safe.
 */
final class BodyBudget {
    /** So many bytes of a body are counted before they come. The others cost room only once they are there. */
    static final int FIRST_BYTES = 16 * 1024;

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

    /** Twilio's bodies are there by then, so that a request which is older makes place for another one. */
    private static final long UNDISTURBED_MILLIS = 100;

    /** A flood of requests must not become a flood of lines. */
    private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(10).toNanos();

    private final int maxRequests;
    private final long maxBytes;
    private final LongSupplier nanos;

    /** The rooms that can be given up, the oldest first. */
    private final Deque<Room> waiting = new ArrayDeque<>();

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
    Optional<Room> take(int body, boolean holdsThread) {
        List<Room> givenUp = new ArrayList<>();
        Optional<Room> taken = take(body, holdsThread, givenUp);
        givenUp.forEach(Room::giveUp);
        return taken;
    }

    private synchronized Optional<Room> take(int body, boolean holdsThread, List<Room> givenUp) {
        int first = BYTES_PER_REQUEST + Math.min(body, FIRST_BYTES);
        if ((holdsThread && threads == MAX_THREADS) || !makePlace(1, first, givenUp)) {
            reject();
            return Optional.empty();
        }
        requests++;
        bytes += first;
        threads += holdsThread ? 1 : 0;
        return Optional.of(new Room(first, body, holdsThread, isScarce()));
    }

    /** Ends the oldest requests until there is place, if that is of any help. */
    private boolean makePlace(int moreRequests, int moreBytes, List<Room> givenUp) {
        while (requests + moreRequests > maxRequests || bytes + moreBytes > maxBytes) {
            Room oldest = waiting.peekFirst();
            if (oldest == null
                    || nanos.getAsLong() - oldest.since
                            < Duration.ofMillis(UNDISTURBED_MILLIS).toNanos()) {
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

    /** Returns how many requests have room now. */
    synchronized int requests() {
        return requests;
    }

    /** Returns how many of them could be given up for others. */
    synchronized int waiting() {
        return waiting.size();
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

    /** What one request under way may take. All that changes does so under the budget's lock. */
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

        /** Says whether more than half of the budget is taken, so that whoever is slow now keeps others out. */
        boolean isScarce() {
            return scarce;
        }

        /**
         * Lets the budget take the room back for another request, if this one is slow.
         *
         * @param ends ends the request, in the thread of the other one
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
         * Returns whether there is room for what has come of the body: more than its first bytes need room for the whole.
         *
         * @param come how many bytes have come
         */
        boolean fits(int come) {
            if (come <= FIRST_BYTES) {
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
                // Whoever sends that much is not the one to make place for it.
                boolean wasWaiting = waiting.remove(this);
                boolean fits = makePlace(0, more, givenUp);
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

        /** Tells that the body is there: nobody waits for its sender any more, whatever becomes of it. */
        void hasArrived() {
            synchronized (BodyBudget.this) {
                waiting.remove(this);
                if (!released) {
                    giveBackThread(this);
                }
            }
        }

        /** Gives the room back. Only the first time counts. */
        void release() {
            giveBack(this);
        }
    }
}
