package io.hangupby.internal.processing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Limits the requests at once. First attempts go before retries, which get at most half of the permits. A first attempt that
 * takes far longer than usual is ended if another request waits for its permit. Thread-safe.
 */
final class RequestPermits {
    /** The median of this many successful requests is the usual time. */
    private static final int USUAL_SAMPLES = 20;

    private static final int FAR_LONGER = 3;

    private final int atMost;
    private final int retriesAtMost;
    private final Duration patience;

    // In the order in which they were given.
    private final List<Permit> held = new ArrayList<>();
    private final Deque<Object> first = new ArrayDeque<>();
    private final Deque<Object> retry = new ArrayDeque<>();
    private final Deque<Long> usual = new ArrayDeque<>();

    /**
     * @param atMost how many requests are under way at once
     * @param patience how long an attempt surely keeps its permit
     */
    RequestPermits(int atMost, Duration patience) {
        this.atMost = atMost;
        this.retriesAtMost = Math.max(1, atMost / 2);
        this.patience = patience;
    }

    /**
     * Waits for a permit for a first attempt, which the current thread makes.
     *
     * @param mayBeEnded whether to interrupt the thread if the attempt takes too long while other requests wait
     * @return the permit, or an empty Optional if the wait took too long
     */
    Optional<Permit> first(Duration within, boolean mayBeEnded) throws InterruptedException {
        return acquire(first, within, mayBeEnded);
    }

    /**
     * Waits for a permit for a retry, which the current thread makes.
     *
     * @param mayBeEnded the same, if there is only one permit; otherwise half of the permits are for first attempts
     * @return the permit, or an empty Optional if the wait took too long
     */
    Optional<Permit> retry(Duration within, boolean mayBeEnded) throws InterruptedException {
        return acquire(retry, within, mayBeEnded && atMost == 1);
    }

    /** Returns whether a retry would get a permit at once. */
    synchronized boolean hasRoomForRetry() {
        return retry.isEmpty() && hasRoom(retry);
    }

    private synchronized Optional<Permit> acquire(Deque<Object> line, Duration within, boolean mayBeEnded)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long deadline = System.nanoTime() + within.toNanos();
        Object own = new Object();
        line.addLast(own);
        try {
            while (line.peekFirst() != own || !hasRoom(line)) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return Optional.empty();
                }
                waitFor(line == first && line.peekFirst() == own ? Math.min(left, endLongestIfTooLong()) : left);
            }
            Permit permit = new Permit(line == first, mayBeEnded);
            held.add(permit);
            return Optional.of(permit);
        } finally {
            line.remove(own);
            notifyAll();
        }
    }

    private boolean hasRoom(Deque<Object> line) {
        boolean mayGo = line == first || (first.isEmpty() && heldByRetries() < retriesAtMost);
        return mayGo && held.size() < atMost;
    }

    private long heldByRetries() {
        return held.stream().filter(permit -> !permit.isFirst).count();
    }

    private void waitFor(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(1)));
    }

    /** Ends the attempt that has held its permit longest, if that is too long. Returns when to check again. */
    private long endLongestIfTooLong() {
        Optional<Permit> longest =
                held.stream().filter(permit -> permit.mayBeEnded).findFirst();
        boolean isAnyEnding = held.stream().anyMatch(permit -> permit.isEnded);
        if (longest.isEmpty() || isAnyEnding) {
            return patience.toNanos();
        }
        long left = longest.get().since + tooLongNanos() - System.nanoTime();
        if (left <= 0) {
            longest.get().end();
            return patience.toNanos();
        }
        return left;
    }

    /** Returns the time after which an attempt is ended. If Twilio as a whole is slow, a new attempt would not be faster. */
    private long tooLongNanos() {
        long middle = usual.stream().sorted().skip(usual.size() / 2).findFirst().orElse(0L);
        return Math.max(patience.toNanos(), middle * FAR_LONGER);
    }

    private synchronized void release(Permit permit, boolean wentWell) {
        held.remove(permit);
        if (permit.isEnded) {
            // The interrupt was for the request, and must not stop the next work of the thread.
            boolean unused = Thread.interrupted();
        }
        if (wentWell) {
            usual.addLast(System.nanoTime() - permit.since);
            if (usual.size() > USUAL_SAMPLES) {
                usual.removeFirst();
            }
        }
        notifyAll();
    }

    /** A permit for one request at a time. Guarded by the lock. */
    final class Permit implements AutoCloseable {
        private final boolean isFirst;
        private final boolean mayBeEnded;
        private final Thread holder = Thread.currentThread();
        private final long since = System.nanoTime();
        private boolean isEnded;
        private boolean wentWell;

        private Permit(boolean isFirst, boolean mayBeEnded) {
            this.isFirst = isFirst;
            this.mayBeEnded = mayBeEnded;
        }

        /** Notes that the request succeeded, so that its time counts for the usual time. */
        void wentWell() {
            wentWell = true;
        }

        private void end() {
            isEnded = true;
            holder.interrupt();
        }

        @Override
        public void close() {
            release(this, wentWell);
        }
    }
}
