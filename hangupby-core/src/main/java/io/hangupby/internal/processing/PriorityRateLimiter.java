package io.hangupby.internal.processing;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/** Limits the updates a second. Of the updates that wait, the most urgent is next, however late it came. Thread-safe. */
final class PriorityRateLimiter {
    private final RateLimiter limiter;
    private final Sleeper sleeper;
    private final int waitingAtMost;

    private final TreeSet<Waiter> waiting =
            new TreeSet<>(Comparator.comparing(Waiter::urgency).thenComparingLong(Waiter::number));
    private boolean hasLeader;
    private long numbers;

    /**
     * @param perSecond how many updates are permitted in a second
     * @param patience how many seconds of updates may wait; less urgent updates are turned away
     * @param sleeper waits for the next permit
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

    /** Changes how many updates are permitted in a second, from the next second on. */
    void change(int perSecond) {
        limiter.changeLimitForPeriod(perSecond);
    }

    /**
     * Waits for a permit.
     *
     * @param urgency the earlier, the more urgent
     * @return whether the update is permitted; false if the wait would be too long
     */
    boolean acquire(Instant urgency) throws InterruptedException {
        Waiter own = enter(urgency);
        try {
            while (awaitLead(own)) {
                serveNext();
            }
            return own.isPermitted;
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

    /**
     * Waits until this thread is served, or leads. Returns whether it leads: it then waits for the next permit on behalf of all
     * threads.
     */
    private synchronized boolean awaitLead(Waiter own) throws InterruptedException {
        while (hasLeader && waiting.contains(own)) {
            wait();
        }
        boolean leads = waiting.contains(own);
        hasLeader |= leads;
        return leads;
    }

    /** Waits for the next permit, which goes to the most urgent update at that time, not necessarily to this thread's. */
    private void serveNext() throws InterruptedException {
        try {
            long nanos = limiter.reservePermission();
            if (nanos > 0) {
                sleeper.sleep(Duration.ofNanos(nanos));
            }
            grantNext(nanos >= 0);
        } finally {
            releaseLead();
        }
    }

    private synchronized void grantNext(boolean permit) {
        Optional<Waiter> next = Optional.ofNullable(permit ? waiting.pollFirst() : waiting.pollLast());
        next.ifPresent(waiter -> waiter.isPermitted = permit);
    }

    private synchronized void releaseLead() {
        hasLeader = false;
        notifyAll();
    }

    private synchronized void leave(Waiter own) {
        waiting.remove(own);
    }

    /** An update that waits. Guarded by the lock. */
    private static final class Waiter {
        private final Instant urgency;
        private final long number;
        private volatile boolean isPermitted;

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
