package io.hangupby.internal.processing;

import static io.hangupby.internal.processing.LogFields.about;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.internal.journal.WorkHandler;
import io.hangupby.internal.journal.WorkQueue;
import io.hangupby.internal.journal.WorkResult;
import io.hangupby.internal.twilio.TwilioClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each task to its account's engine. No account takes more than its share of the threads, so that an account with a slow
 * Twilio does not delay the others. Thread-safe.
 */
public final class AccountDispatcher implements WorkHandler {
    private static final Logger log = LoggerFactory.getLogger(AccountDispatcher.class);

    private static final Duration UNTIL_THERE_IS_ROOM = Duration.ofSeconds(1);

    /** When to retry a task whose account this node does not know, but another node may know. */
    private static final Duration FOREIGN_RETRY = Duration.ofSeconds(10);

    private static final int FOREIGN_AT_MOST = 10_000;

    /** A task that this node has not seen for this long belongs to another node, or is complete. */
    private static final Duration GONE_AFTER = Duration.ofMinutes(1);

    private final Map<AccountSid, AccountSlot> slots;
    private final WorkQueue queue;
    private final HangUpByListener listener;
    private final Clock clock;
    // In the order in which they were seen last.
    private final Map<TaskRef, Foreign> foreign = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param engines work on the tasks of their accounts
     * @param share how many tasks of an account are worked on at once
     * @param queue hands out the tasks
     * @param listener is notified of parked tasks
     * @param clock says how long no node has taken a task
     */
    public AccountDispatcher(
            Map<AccountSid, ? extends WorkHandler> engines,
            int share,
            WorkQueue queue,
            HangUpByListener listener,
            Clock clock) {
        this.slots = engines.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, engine -> new AccountSlot(engine.getValue(), new Semaphore(share))));
        this.queue = queue;
        this.listener = listener;
        this.clock = TwilioClock.of(clock).steady();
    }

    @Override
    public WorkResult work(TaskRef task, int turn) {
        AccountSlot slot = slots.get(task.account());
        return slot == null ? retryForeign(task) : slot.work(task, turn);
    }

    @Override
    public void parked(TaskRef task, String reason) {
        about(task, LogLine.warn(log)).addKeyValue("hangupby.reason", reason).log("task {}: parked, {}", task, reason);
        OutcomeRecorder.safely(task, () -> listener.onParked(task, reason));
    }

    /**
     * Retries a task of an unknown account later, or parks it after ten minutes. While nodes are replaced one by one, a node that
     * has the account may start after this node. The time counts on this node alone, because another node's clock can be wrong.
     */
    private WorkResult retryForeign(TaskRef task) {
        Optional<Instant> changedAt = queue.changedAt(task);
        if (changedAt.isEmpty()) {
            return new WorkResult.Complete();
        }
        if (clock.instant().isAfter(foreignSince(task, changedAt.get()).plus(SegmentProcessor.GIVE_UP_AFTER))) {
            forget(task);
            return new WorkResult.Park(reason(task.account()));
        }
        log.debug("task {}: this node does not have its account; retried later", task);
        return new WorkResult.RetryIn(FOREIGN_RETRY);
    }

    /** Returns since when this node has seen a task without a change of the task. */
    private synchronized Instant foreignSince(TaskRef task, Instant changedAt) {
        Instant now = clock.instant();
        Instant since = Optional.ofNullable(foreign.get(task))
                .filter(before -> before.changedAt().equals(changedAt))
                .map(Foreign::since)
                .orElse(now);
        foreign.put(task, new Foreign(changedAt, since, now));
        if (foreign.size() > FOREIGN_AT_MOST) {
            forgetQuietest(task, now);
        }
        return since;
    }

    /**
     * Forgets the task that was seen longest ago, if it is gone. Otherwise forgets the new task, so that the times of the others
     * go on.
     */
    private void forgetQuietest(TaskRef last, Instant now) {
        Map.Entry<TaskRef, Foreign> quietest = foreign.entrySet().iterator().next();
        boolean isGone = now.isAfter(quietest.getValue().seen().plus(GONE_AFTER));
        foreign.remove(isGone ? quietest.getKey() : last);
    }

    private synchronized void forget(TaskRef task) {
        foreign.remove(task);
    }

    private static String reason(AccountSid account) {
        return "no node that has account " + account + " took it in " + SegmentProcessor.GIVE_UP_AFTER.toMinutes()
                + " minutes; configure the account on a node, then call retryParked";
    }

    /**
     * A task of an account that this node does not know.
     *
     * @param changedAt when the task last changed
     * @param since when this node first saw the task after that
     * @param seen when this node last saw the task
     */
    private record Foreign(Instant changedAt, Instant since, Instant seen) {}

    private record AccountSlot(WorkHandler engine, Semaphore room) {
        WorkResult work(TaskRef task, int turn) {
            if (!room.tryAcquire()) {
                return new WorkResult.RetryIn(UNTIL_THERE_IS_ROOM);
            }
            try {
                return engine.work(task, turn);
            } finally {
                room.release();
            }
        }
    }
}
