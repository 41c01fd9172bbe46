package io.hangupby.internal.processing;

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
 * Has each task worked on by its own account's engine. No account takes more than its share of the threads, so that one whose
 * Twilio is slow does not hold up the others. Thread-safe.
 */
public final class AccountDispatcher implements WorkHandler {
    private static final Logger log = LoggerFactory.getLogger(AccountDispatcher.class);

    private static final Duration UNTIL_THERE_IS_ROOM = Duration.ofSeconds(1);

    /** Of an account that this node does not know, but another one may. */
    private static final Duration UNTIL_ANOTHER_NODE_HAS_IT = Duration.ofSeconds(10);

    private static final int FOREIGN_AT_MOST = 10_000;

    /** What this node has not seen for so long is another one's, or done. */
    private static final Duration SEEN_AGAIN_AFTER = Duration.ofMinutes(1);

    private final Map<AccountSid, AccountSlot> lanes;
    private final WorkQueue queue;
    private final HangUpByListener listener;
    private final Clock clock;
    // In the order in which they were seen last.
    private final Map<TaskRef, Foreign> foreign = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param engines work on the tasks of their accounts
     * @param share on how many tasks of an account to work at once
     * @param queue hands out the tasks
     * @param listener hears which are given up
     * @param clock says how long nobody has taken one
     */
    public AccountDispatcher(
            Map<AccountSid, ? extends WorkHandler> engines,
            int share,
            WorkQueue queue,
            HangUpByListener listener,
            Clock clock) {
        this.lanes = engines.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, engine -> new AccountSlot(engine.getValue(), new Semaphore(share))));
        this.queue = queue;
        this.listener = listener;
        this.clock = TwilioClock.of(clock).steady();
    }

    @Override
    public WorkResult work(TaskRef task, int turn) {
        AccountSlot lane = lanes.get(task.account());
        return lane == null ? leave(task) : lane.work(task, turn);
    }

    @Override
    public void parked(TaskRef task, String reason) {
        WorkResult unused = SegmentProcessor.park(listener, task, reason);
    }

    /**
     * While nodes are replaced one after the other, some know an account and some do not, and those that do may start after this
     * one: what waited for a start already waits as long again. The time is this node's alone, as another one's clock can be wrong.
     */
    private WorkResult leave(TaskRef task) {
        Optional<Instant> told = queue.lastTold(task);
        if (told.isEmpty()) {
            return new WorkResult.Complete();
        }
        if (clock.instant().isAfter(foreignSince(task, told.get()).plus(SegmentProcessor.GIVE_UP_AFTER))) {
            forget(task);
            return SegmentProcessor.park(listener, task, reason(task.account()));
        }
        log.debug("task {}: its account is not one of this node's", task);
        return new WorkResult.RetryIn(UNTIL_ANOTHER_NODE_HAS_IT);
    }

    /** Returns since when this node has seen a task in vain, without a word of it from anybody. */
    private synchronized Instant foreignSince(TaskRef task, Instant told) {
        Instant now = clock.instant();
        Instant since = Optional.ofNullable(foreign.get(task))
                .filter(before -> before.told().equals(told))
                .map(Foreign::since)
                .orElse(now);
        foreign.put(task, new Foreign(told, since, now));
        if (foreign.size() > FOREIGN_AT_MOST) {
            forgetOne(task, now);
        }
        return since;
    }

    /** Where all are seen again and again, the others go on being counted rather than none. */
    private void forgetOne(TaskRef last, Instant now) {
        Map.Entry<TaskRef, Foreign> quietest = foreign.entrySet().iterator().next();
        boolean isGone = now.isAfter(quietest.getValue().seen().plus(SEEN_AGAIN_AFTER));
        foreign.remove(isGone ? quietest.getKey() : last);
    }

    private synchronized void forget(TaskRef task) {
        foreign.remove(task);
    }

    private static String reason(AccountSid account) {
        return "no node that has account " + account + " took it in " + SegmentProcessor.GIVE_UP_AFTER.toMinutes()
                + " minutes; configure the account on one, and put the task back";
    }

    /**
     * A task of an account that this node does not know.
     *
     * @param told when something was last told of it
     * @param since when this node first saw it after that
     * @param seen when it saw it last
     */
    private record Foreign(Instant told, Instant since, Instant seen) {}

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
