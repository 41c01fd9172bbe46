package io.hangupby.internal.journal.jdbc;

import io.hangupby.call.ReservationSid;
import io.hangupby.decision.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * The columns of a task's row.
 *
 * @param revision changes with each event and each wake of the task
 * @param outcomes the outcomes of its segments
 * @param fieldOwner the reservation whose value is in the task
 * @param preset whether hangupby wrote the customer's value
 */
record TaskRow(long revision, List<Outcome> outcomes, Optional<ReservationSid> fieldOwner, boolean preset) {
    /** The row of an unknown task. */
    static final TaskRow NEW = new TaskRow(0, List.of(), Optional.empty(), false);

    TaskRow {
        outcomes = List.copyOf(outcomes);
    }
}
