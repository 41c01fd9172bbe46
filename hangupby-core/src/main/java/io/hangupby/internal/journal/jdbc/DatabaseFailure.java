package io.hangupby.internal.journal.jdbc;

import io.hangupby.journal.JournalException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** Says what a failure of the database means, and what to do. Names no value: a driver's message can quote some. */
final class DatabaseFailure {
    private static final Set<String> READ_ONLY_STATES = Set.of("25006", "90097");

    /** MariaDB's servers that are read-only by their options fail with a common SQL state. */
    private static final Set<Integer> READ_ONLY_MARIADB_ERRORS = Set.of(1290, 1836);

    /** A lock or a statement took too long: in PostgreSQL, in H2, and a statement in MariaDB. */
    private static final Set<String> LATE_STATES = Set.of("55P03", "57014", "HYT00", "70100");

    private static final int LATE_MARIADB_LOCK = 1205;

    private static final String REJECTED_LOGIN = "28";
    private static final String NO_DATABASE = "3D000";
    private static final int NO_MARIADB_DATABASE = 1049;

    private DatabaseFailure() {}

    static JournalException of(SQLException failure) {
        if (failure instanceof NoConnectionException) {
            return new JournalException(String.valueOf(failure.getMessage()));
        }
        String state = Optional.ofNullable(failure.getSQLState()).orElse("unknown");
        if (isReadOnly(failure)) {
            return failed("is read-only", state, "connect to the primary server, by connections that may write");
        }
        if (state.startsWith(REJECTED_LOGIN)) {
            return failed("rejected the user or the password", state, "correct those of the data source");
        }
        if (isAbsent(failure)) {
            return failed(
                    "does not exist on this server",
                    state,
                    "correct the URL of the data source, or create the database");
        }
        if (MissingRight.is(failure)) {
            return failed(
                    "does not exist on this server, or its user lacks a right",
                    state,
                    "correct the URL of the data source, or grant the user its rights (docs/operations/deployment.md)");
        }
        if (isLate(failure)) {
            return failed("was too slow, or a table is locked", state, "check its load, and the locks on its tables");
        }
        return new JournalException("the database failed (SQL state " + state + ", "
                + failure.getClass().getSimpleName() + "); check that it is up and has the tables of hangupby");
    }

    private static JournalException failed(String how, String state, String remedy) {
        return new JournalException("the database " + how + " (SQL state " + state + "); " + remedy);
    }

    /** Returns whether a statement failed because nothing can be written: on a standby, or by a read-only connection. */
    static boolean isReadOnly(SQLException failure) {
        return READ_ONLY_STATES.contains(String.valueOf(failure.getSQLState()))
                || ("HY000".equals(failure.getSQLState()) && READ_ONLY_MARIADB_ERRORS.contains(failure.getErrorCode()));
    }

    private static boolean isAbsent(SQLException failure) {
        return NO_DATABASE.equals(failure.getSQLState())
                || ("42000".equals(failure.getSQLState()) && failure.getErrorCode() == NO_MARIADB_DATABASE);
    }

    /** Returns whether the database ended a statement that waited for a lock or took too long. */
    private static boolean isLate(SQLException failure) {
        return LATE_STATES.contains(String.valueOf(failure.getSQLState()))
                || ("HY000".equals(failure.getSQLState()) && failure.getErrorCode() == LATE_MARIADB_LOCK);
    }
}
