package io.hangupby.internal.journal.jdbc;

import java.sql.SQLException;
import java.util.Set;

/** The failures of a statement that the database's user may not execute. */
final class MissingRight {
    private static final Set<String> STATES = Set.of("42501", "90096");

    /** MariaDB has one SQL state for missing rights and for wrong statements. Error numbers distinguish them. */
    private static final Set<Integer> MARIADB_ERRORS = Set.of(1044, 1142, 1143, 1227);

    private MissingRight() {}

    static boolean is(SQLException failure) {
        return STATES.contains(String.valueOf(failure.getSQLState()))
                || ("42000".equals(failure.getSQLState()) && MARIADB_ERRORS.contains(failure.getErrorCode()));
    }
}
