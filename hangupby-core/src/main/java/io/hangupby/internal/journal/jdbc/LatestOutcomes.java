package io.hangupby.internal.journal.jdbc;

import io.hangupby.decision.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The outcomes of the tasks that changed last, a page at a time, so that no transaction is long and no page needs much memory:
 * outcomes hold their evidence. Immutable and thread-safe.
 */
final class LatestOutcomes {
    private static final int TASKS_PER_PAGE = 200;

    private final Tables tables;
    private final RecordJson json = new RecordJson();

    LatestOutcomes(Tables tables) {
        this.tables = tables;
    }

    /** A place in the order of the tasks' changes. */
    record Place(Instant changedAt, String task) {
        /** Returns the place before all tasks that changed up to a moment. */
        static Place before(Instant moment) {
            return new Place(moment, "");
        }
    }

    /**
     * Some outcomes.
     *
     * @param tasks the number of tasks that were read
     * @param next the place of the next page; empty if this page is the last
     */
    record Page(List<Outcome> outcomes, int tasks, Optional<Place> next) {
        Page {
            outcomes = List.copyOf(outcomes);
        }
    }

    /** Returns the outcomes after a place, latest change first. */
    Page page(Connection connection, Place after, int tasksAtMost) throws SQLException {
        int limit = Math.min(tasksAtMost, TASKS_PER_PAGE);
        try (PreparedStatement select =
                connection.prepareStatement(tables.in("select outcomes, changed_at, task from hangupby_task"
                        + " where changed_at <= ? and (changed_at < ? or task > ?) and outcomes <> '[]'"
                        + " order by changed_at desc, task limit ?"))) {
            tables.product().set(select, 1, after.changedAt());
            tables.product().set(select, 2, after.changedAt());
            select.setString(3, after.task());
            select.setInt(4, limit);
            try (ResultSet found = select.executeQuery()) {
                return page(found, limit);
            }
        }
    }

    private Page page(ResultSet found, int limit) throws SQLException {
        List<Outcome> outcomes = new ArrayList<>();
        Optional<Place> last = Optional.empty();
        int tasks = 0;
        while (found.next()) {
            outcomes.addAll(json.outcomes(found.getString(1)));
            last = Optional.of(new Place(tables.product().moment(found, 2).orElseThrow(), found.getString(3)));
            tasks++;
        }
        return new Page(outcomes, tasks, tasks < limit ? Optional.empty() : last);
    }
}
