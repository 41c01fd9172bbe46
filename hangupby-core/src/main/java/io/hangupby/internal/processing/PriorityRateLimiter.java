package io.hangupby.internal.processing;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Limits the updates per second. Of the updates that have to wait, the most urgent goes first, however late it came.
 * Thread-safe.
 */
final class PriorityRateLimiter {
    private final RateLimiter limiter;
    private final Sleeper sleeper;
    private final int waitingAtMost;

    private final TreeSet<Waiter> waiting =
            new TreeSet<>(Comparator.comparing(Waiter::urgency).thenComparingLong(Waiter::number));
    private boolean led;
    private long numbers;

    /**
     * @param perSecond how many updates are permitted in a second
     * @param patience how many seconds' updates may wait; less urgent updates are rejected
     */
    PriorityRateLimiter(int perSecond, Duration patience, Sleeper sleeper) {
        this.limiter = RateLimiter.of(
                "task-updates",
                RateLimiterConfig.custom()
                        .limitForPeriod(perSecond)
                        .limitRefreshPeriod(Duration.ofSeconds(1))
                        .timeoutDuration(patience)
                        .build());
        this.sleeper = sleeper;
        this.waitingAtMost = Math.toIntExact(Math.multiplyExact(perSecond, patience.toSeconds()));
    }

    /**
     * Waits for a permit.
     *
     * @param urgency the earlier, the more urgent
     * @return whether there is a permit; none if it would take too long
     */
    boolean acquire(Instant urgency) throws InterruptedException {
        Waiter own = enter(urgency);
        try {
            while (isWaitingWithoutLead(own)) {
                letOneThrough();
            }
            return own.isLetThrough;
        } finally {
            leave(own);
        }
    }

    private synchronized Waiter enter(Instant urgency) {
        Waiter own = new Waiter(urgency, numbers++);
        waiting.add(own);
        if (waiting.size() > waitingAtMost) {
            waiting.pollLast();
            notifyAll();
        }
        return own;
    }

    /** Returns when this thread need not wait any more, or is the one to wait for the next permit on behalf of all. */
    private synchronized boolean isWaitingWithoutLead(Waiter own) throws InterruptedException {
        while (led && waiting.contains(own)) {
            wait();
        }
        boolean leads = waiting.contains(own);
        led |= leads;
        return leads;
    }

    /** The thread that waits for a permit need not get it: the permit goes to the most urgent waiter when it comes. */
    private void letOneThrough() throws InterruptedException {
        try {
            long nanos = limiter.reservePermission();
            if (nanos > 0) {
                sleeper.sleep(Duration.ofNanos(nanos));
            }
            give(nanos >= 0);
        } finally {
            passOnTheLead();
        }
    }

    private synchronized void give(boolean permit) {
        Optional<Waiter> next = Optional.ofNullable(permit ? waiting.pollFirst() : waiting.pollLast());
        next.ifPresent(waiter -> waiter.isLetThrough = permit);
    }

    private synchronized void passOnTheLead() {
        led = false;
        notifyAll();
    }

    private synchronized void leave(Waiter own) {
        waiting.remove(own);
    }

    /** A thread that waits for a permit; guarded by the lock. */
    private static final class Waiter {
        private final Instant urgency;
        private final long number;
        private volatile boolean isLetThrough;

        Waiter(Instant urgency, long number) {
            this.urgency = urgency;
            this.number = number;
        }

        Instant urgency() {
            return urgency;
        }

        long number() {
            return number;
        }
    }
}
