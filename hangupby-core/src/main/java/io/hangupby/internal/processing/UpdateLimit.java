package io.hangupby.internal.processing;

import io.hangupby.internal.twilio.RateLimit;
import io.hangupby.internal.twilio.TaskUpdate;
import io.hangupby.twilio.TwilioFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The updates a second that this node sends, learnt from what Twilio says of the account's limit. A node takes its share of the limit: the
 * nodes on one database count each other, and divide it. The share is halved while the limit is nearly used up, or when Twilio turns a
 * request away, and grows again by a quarter a second: other programs use the limit, too. The setting is the upper bound of all nodes
 * together, and an update a second the lower bound of each. Thread-safe.
 */
final class UpdateLimit {
    private static final Logger log = LoggerFactory.getLogger(UpdateLimit.class);

    /** A change shows in what remains only after a moment. */
    private static final Duration BETWEEN_CHANGES = Duration.ofSeconds(1);

    /** What Twilio's responses say before a pause does not count for a burst after it. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(10);

    private final int most;
    private final IntSupplier liveNodes;
    private final PriorityRateLimiter limiter;
    private final Clock clock;
    private int accountLimit;
    private int nodes = 1;
    private int perSecond;
    private Instant changed;

    /**
     * @param most the updates a second that the setting allows to all nodes together
     * @param liveNodes how many nodes share them, this node included
     * @param limiter lets updates pass
     * @param clock times changes
     */
    UpdateLimit(int most, IntSupplier liveNodes, PriorityRateLimiter limiter, Clock clock) {
        this.most = most;
        this.liveNodes = liveNodes;
        this.limiter = limiter;
        this.clock = clock;
        this.accountLimit = most;
        this.perSecond = most;
        this.changed = clock.instant().minus(BETWEEN_CHANGES);
    }

    /**
     * Returns the limit of a node, or an empty Optional if the setting is 0.
     *
     * @param patience how many seconds of updates may wait
     * @param sleeper waits for the next update's turn
     */
    static Optional<UpdateLimit> of(int most, IntSupplier liveNodes, Duration patience, Sleeper sleeper, Clock clock) {
        return most == 0
                ? Optional.empty()
                : Optional.of(
                        new UpdateLimit(most, liveNodes, new PriorityRateLimiter(most, patience, sleeper), clock));
    }

    /** Waits for the turn of an update, see {@link PriorityRateLimiter#acquire}. After a pause, the whole share counts again. */
    boolean acquire(Instant urgency) throws InterruptedException {
        takeShare();
        restoreAfterPause();
        return limiter.acquire(urgency);
    }

    /** Returns how many updates this node sends in a second now. */
    synchronized int perSecond() {
        takeShare();
        return perSecond;
    }

    /** Makes an update, and learns from its result if there is a limit. */
    static TaskUpdate learning(Optional<UpdateLimit> limit, Supplier<TaskUpdate> update) {
        return limit.map(own -> own.learningFrom(update)).orElseGet(update);
    }

    /** Makes an update, and learns from its result. */
    TaskUpdate learningFrom(Supplier<TaskUpdate> update) {
        try {
            TaskUpdate result = update.get();
            if (result instanceof TaskUpdate.Applied applied) {
                applied.rateLimit().ifPresent(this::learn);
            }
            return result;
        } catch (TwilioFailure failure) {
            if (failure.kind() == TwilioFailure.Kind.THROTTLED) {
                rateLimited();
            }
            throw failure;
        }
    }

    private void learn(RateLimit limit) {
        knowLimit(limit.limit());
        if (limit.isNearlyUsedUp()) {
            rateLimited();
        } else {
            change(perSecond() + Math.max(1, perSecond() / 4));
        }
    }

    /** Remembers the account's limit, which stays the same over a pause. */
    private synchronized void knowLimit(int limit) {
        takeShare();
        accountLimit = Math.min(limit, most);
        set(Math.min(perSecond, share()));
    }

    /** Takes this node's share at once if nodes came or went, but does not raise a rate that is reduced. */
    private synchronized void takeShare() {
        int before = share();
        nodes = Math.max(1, liveNodes.getAsInt());
        boolean isReduced = perSecond < before;
        set(isReduced || share() == before ? Math.min(perSecond, share()) : share());
    }

    private synchronized int share() {
        return Math.max(1, accountLimit / nodes);
    }

    /** Sends fewer updates, because the account's limit is used up. */
    void rateLimited() {
        change(perSecond() / 2);
    }

    private synchronized void restoreAfterPause() {
        if (!clock.instant().isBefore(changed.plus(FORGOTTEN_AFTER))) {
            change(share());
        }
    }

    private synchronized void change(int wanted) {
        int next = Math.max(1, Math.min(wanted, share()));
        Instant now = clock.instant();
        if (next != perSecond && !now.isBefore(changed.plus(BETWEEN_CHANGES))) {
            changed = now;
            set(next);
        }
    }

    private synchronized void set(int next) {
        if (next != perSecond) {
            log.debug(
                    "{} updates a second in place of {}, by the account's limit and {} nodes", next, perSecond, nodes);
            perSecond = next;
            limiter.change(next);
        }
    }
}
