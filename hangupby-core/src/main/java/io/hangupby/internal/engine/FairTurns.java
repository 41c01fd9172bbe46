package io.hangupby.internal.engine;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.journal.CallWork;
import io.hangupby.journal.Step;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has each task worked on by its own account's engine. No account takes more than its share of the threads, so that one whose
 * Twilio is slow does not hold up the others. Thread-safe.
 */
public final class FairTurns implements CallWork {
    private static final Logger log = LoggerFactory.getLogger(FairTurns.class);

    private static final Duration UNTIL_THERE_IS_ROOM = Duration.ofSeconds(1);

    /** Of an account that another node knows: until that node is free, or this one is given the account. */
    private static final Duration UNTIL_ANOTHER_NODE_HAS_IT = Duration.ofSeconds(10);

    private final Map<AccountSid, Lane> lanes;

    /**
     * @param engines work on the tasks of their accounts
     * @param share on how many tasks of an account to work at once
     */
    public FairTurns(Map<AccountSid, ? extends CallWork> engines, int share) {
        this.lanes = engines.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, engine -> new Lane(engine.getValue(), new Semaphore(share))));
    }

    @Override
    public Step work(TaskRef task, int turn) {
        Lane lane = lanes.get(task.account());
        if (lane == null) {
            log.debug("task {}: its account is not one of this node's", task);
            return new Step.Later(UNTIL_ANOTHER_NODE_HAS_IT);
        }
        return lane.work(task, turn);
    }

    private record Lane(CallWork engine, Semaphore room) {
        Step work(TaskRef task, int turn) {
            if (!room.tryAcquire()) {
                return new Step.Later(UNTIL_THERE_IS_ROOM);
            }
            try {
                return engine.work(task, turn);
            } finally {
                room.release();
            }
        }
    }
}
