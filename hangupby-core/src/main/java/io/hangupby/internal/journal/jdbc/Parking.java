package io.hangupby.internal.journal.jdbc;

import io.hangupby.call.TaskRef;
import io.hangupby.internal.journal.WorkHandler;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parks tasks whose work is not possible. Thread-safe. */
final class Parking {
    private static final Logger log = LoggerFactory.getLogger(Parking.class);

    private final TransactionManager database;
    private final TaskTable rows;
    private final Clock clock;

    Parking(TransactionManager database, TaskTable rows, Clock clock) {
        this.database = database;
        this.rows = rows;
        this.clock = clock;
    }

    /**
     * Parks a task and notifies the handler, unless the task has changed since its turn began. The turn has not ended yet, so that
     * no other turn of the task begins meanwhile.
     *
     * @param revision the revision of the task when its turn began
     */
    void park(TaskRef task, long revision, String reason, Optional<WorkHandler> handler) {
        boolean isParked = database.inTransaction(connection -> {
            boolean isUnchanged = rows.lockRevision(connection, task) == revision;
            if (isUnchanged) {
                rows.park(connection, task, reason, clock.instant());
            }
            return isUnchanged;
        });
        if (isParked) {
            notify(handler, task, reason);
        }
    }

    private static void notify(Optional<WorkHandler> handler, TaskRef task, String reason) {
        try {
            handler.ifPresent(now -> now.parked(task, reason));
        } catch (RuntimeException | Error bug) {
            log.error("task {}: parked, but the listener for parked tasks failed", task, bug);
        }
    }
}
