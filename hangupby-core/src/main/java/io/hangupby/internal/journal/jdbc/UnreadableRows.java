package io.hangupby.internal.journal.jdbc;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Skips the rows of the queue that this version cannot read. A row stays unchanged for a node whose version may be able to read
 * it, and is deleted after about a week. Thread-safe.
 */
final class UnreadableRows implements CompletionHandler<Integer> {
    private static final Logger log = LoggerFactory.getLogger(UnreadableRows.class);

    /** A row is read at growing intervals: 170 times take about a week. */
    private static final long FIRST_SKIP_SECONDS = 10;

    private static final long LONGEST_SKIP_SECONDS = Duration.ofHours(1).toSeconds();
    private static final int SKIPS_AT_MOST = 170;

    private final TransactionManager database;
    private final Clock clock;
    private final AtomicBoolean isLogged = new AtomicBoolean();

    UnreadableRows(TransactionManager database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void complete(ExecutionComplete done, ExecutionOperations<Integer> operations) {
        if (isLogged.compareAndSet(false, true)) {
            log.warn("hangupby_queue holds a row that this version of hangupby does not understand; the row is left to"
                    + " other nodes, and deleted after about a week. Logged once");
        }
        int failures = done.getExecution().consecutiveFailures;
        if (failures >= SKIPS_AT_MOST) {
            database.runInTransaction(operations::remove);
            return;
        }
        Instant now = clock.instant();
        Duration wait =
                Duration.ofSeconds(Math.min(LONGEST_SKIP_SECONDS, FIRST_SKIP_SECONDS << Math.min(failures, 10)));
        ExecutionComplete notUnderstood =
                ExecutionComplete.failure(done.getExecution(), now, now, new IllegalStateException("not understood"));
        database.runInTransaction(() -> operations.reschedule(notUnderstood, now.plus(wait)));
    }
}
