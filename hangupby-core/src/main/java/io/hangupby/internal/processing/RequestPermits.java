package io.hangupby.internal.processing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Lets so many requests be under way at once, first attempts before further ones, which get no more than half of the permits. A
 * first attempt that takes far longer than usual is ended where another one waits for its permit. Thread-safe.
 */
final class RequestPermits {
    /** Of so many requests that went well, the middle one tells what is usual. */
    private static final int USUAL_OF = 20;

    private static final int FAR_LONGER = 3;

    private final int atMost;
    private final int furtherAtMost;
    private final Duration patience;

    // In the order in which they were given.
    private final List<Permit> held = new ArrayList<>();
    private final Deque<Object> first = new ArrayDeque<>();
    private final Deque<Object> further = new ArrayDeque<>();
    private final Deque<Long> usual = new ArrayDeque<>();

    /**
     * @param atMost how many requests are under way at once
     * @param patience how long an attempt has its permit for sure
     */
    RequestPermits(int atMost, Duration patience) {
        this.atMost = atMost;
        this.furtherAtMost = Math.max(1, atMost / 2);
        this.patience = patience;
    }

    /**
     * Waits for a permit for a first attempt, which the current thread makes.
     *
     * @param mayBeEnded whether its thread is interrupted if it takes too long while others wait
     * @return nothing if that took too long
     */
    Optional<Permit> first(Duration within, boolean mayBeEnded) throws InterruptedException {
        return acquire(first, within, mayBeEnded);
    }

    /**
     * Waits for a permit for a further attempt, which the current thread makes.
     *
     * @param mayBeEnded the same, where there is but one permit; where there are more, half of them are for first attempts
     * @return nothing if that took too long
     */
    Optional<Permit> further(Duration within, boolean mayBeEnded) throws InterruptedException {
        return acquire(further, within, mayBeEnded && atMost == 1);
    }

    /** Says whether a further attempt would get a permit at once. */
    synchronized boolean hasRoomForFurther() {
        return further.isEmpty() && hasRoom(further);
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
                waitFor(line == first && line.peekFirst() == own ? Math.min(left, endOneIfTooLong()) : left);
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
        boolean mayGo = line == first || (first.isEmpty() && heldByFurther() < furtherAtMost);
        return mayGo && held.size() < atMost;
    }

    private long heldByFurther() {
        return held.stream().filter(permit -> !permit.isFirst).count();
    }

    private void waitFor(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(1)));
    }

    /** Ends the attempt that has held its permit longest, if that is too long, and returns when to see to it again. */
    private long endOneIfTooLong() {
        Optional<Permit> longest =
                held.stream().filter(permit -> permit.mayBeEnded).findFirst();
        boolean isOneEnding = held.stream().anyMatch(permit -> permit.isEnded);
        if (longest.isEmpty() || isOneEnding) {
            return patience.toNanos();
        }
        long left = longest.get().since + tooLongNanos() - System.nanoTime();
        if (left <= 0) {
            longest.get().end();
            return patience.toNanos();
        }
        return left;
    }

    /** Where Twilio as a whole is slow, nothing is gained by beginning anew. */
    private long tooLongNanos() {
        long middle = usual.stream().sorted().skip(usual.size() / 2).findFirst().orElse(0L);
        return Math.max(patience.toNanos(), middle * FAR_LONGER);
    }

    private synchronized void release(Permit permit, boolean wentWell) {
        held.remove(permit);
        if (permit.isEnded) {
            // Meant for the request; whatever the thread does next is not to be stopped.
            boolean unused = Thread.interrupted();
        }
        if (wentWell) {
            usual.addLast(System.nanoTime() - permit.since);
            if (usual.size() > USUAL_OF) {
                usual.removeFirst();
            }
        }
        notifyAll();
    }

    /** The right to have one request under way; guarded by the lock. */
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

        /** The request went well, so that the time it took is one to go by. */
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
