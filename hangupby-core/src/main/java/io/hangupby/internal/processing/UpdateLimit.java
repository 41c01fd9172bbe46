package io.hangupby.internal.processing;

import io.hangupby.internal.twilio.RateLimit;
import io.hangupby.internal.twilio.TaskUpdate;
import io.hangupby.twilio.TwilioFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The updates a second that this node sends, learnt from what Twilio says of the account's limit. It is halved while the limit is nearly
 * used up, or when Twilio turns a request away, and grows again by a quarter a second. So nodes and other programs share an account's
 * limit. The setting is the upper bound, and an update a second the lower one. Thread-safe.
 */
final class UpdateLimit {
    private static final Logger log = LoggerFactory.getLogger(UpdateLimit.class);

    /** A change shows in what remains only after a moment. */
    private static final Duration BETWEEN_CHANGES = Duration.ofSeconds(1);

    /** What was said before a pause says nothing of a burst after it. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(10);

    private final int most;
    private final PriorityRateLimiter limiter;
    private final Clock clock;
    private int perSecond;
    private Instant changed;

    /**
     * @param most the updates a second that the setting allows
     * @param limiter lets updates pass
     * @param clock times changes
     */
    UpdateLimit(int most, PriorityRateLimiter limiter, Clock clock) {
        this.most = most;
        this.limiter = limiter;
        this.clock = clock;
        this.perSecond = most;
        this.changed = clock.instant().minus(BETWEEN_CHANGES);
    }

    /** Waits for the turn of an update, see {@link PriorityRateLimiter#acquire}. After a pause, the setting counts again. */
    boolean acquire(Instant urgency) throws InterruptedException {
        forgetOldNews();
        return limiter.acquire(urgency);
    }

    /** Returns how many updates this node sends in a second now. */
    synchronized int perSecond() {
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

    private void learn(RateLimit said) {
        if (said.isNearlyUsedUp()) {
            rateLimited();
        } else {
            change(Math.min(said.limit(), perSecond() + Math.max(1, perSecond() / 4)));
        }
    }

    /** Sends fewer updates, because the account's limit is used up. */
    void rateLimited() {
        change(perSecond() / 2);
    }

    private synchronized void forgetOldNews() {
        if (!clock.instant().isBefore(changed.plus(FORGOTTEN_AFTER))) {
            change(most);
        }
    }

    private synchronized void change(int wanted) {
        int next = Math.max(1, Math.min(wanted, most));
        Instant now = clock.instant();
        if (next == perSecond || now.isBefore(changed.plus(BETWEEN_CHANGES))) {
            return;
        }
        log.debug("{} updates a second in place of {}, by what Twilio says of the account's limit", next, perSecond);
        perSecond = next;
        changed = now;
        limiter.change(next);
    }
}
