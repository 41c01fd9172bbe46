package io.hangupby.internal.journal.jdbc;

import io.hangupby.call.ReservationSid;
import io.hangupby.decision.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * What stands in a task's own row.
 *
 * @param told how often something was told of the task
 * @param outcomes what came of its segments
 * @param standing the reservation whose value stands in the task
 * @param preset whether we gave it the customer's value
 */
record TaskRow(long told, List<Outcome> outcomes, Optional<ReservationSid> standing, boolean preset) {
    /** The row of a task of which nothing is known yet. */
    static final TaskRow NEW = new TaskRow(0, List.of(), Optional.empty(), false);

    TaskRow {
        outcomes = List.copyOf(outcomes);
    }
}
