package io.hangupby.internal.journal.jdbc;

import java.sql.SQLException;
import java.util.Set;

/** The failures of a database that a retry can overcome. */
final class PassingFailure {
    /**
     * The first two characters of SQL states: the connection broke (08), or two transactions conflicted (40). Also 57P: the
     * server stops or starts.
     */
    private static final Set<String> CLASSES = Set.of("08", "40");

    /**
     * SQL states of conflicts. Another node inserted the same row (23505), or deleted the row that ours refers to (23503, in H2
     * 23506). The transaction was continued after a failure (25P02). A lock was not released in time (55P03, in H2 HYT00).
     */
    private static final Set<String> STATES = Set.of("23503", "23505", "23506", "25P02", "55P03", "HYT00");

    /**
     * MariaDB's errors, which have a common SQL state: the same row was inserted (1062), the row that ours refers to was deleted
     * (1452), a lock was not released in time (1205), the row was changed since it was read (1020).
     */
    private static final Set<Integer> MARIADB_ERRORS = Set.of(1020, 1062, 1205, 1452);

    private static final Set<String> MARIADB_STATES = Set.of("23000", "HY000");

    private PassingFailure() {}

    static boolean is(SQLException failure) {
        String state = failure.getSQLState();
        return state != null
                && state.length() >= 2
                && (CLASSES.contains(state.substring(0, 2))
                        || STATES.contains(state)
                        || state.startsWith("57P")
                        || (MARIADB_STATES.contains(state) && MARIADB_ERRORS.contains(failure.getErrorCode())));
    }
}
