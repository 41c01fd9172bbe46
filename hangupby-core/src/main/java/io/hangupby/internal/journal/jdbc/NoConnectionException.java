package io.hangupby.internal.journal.jdbc;

import java.sql.SQLException;

/** The application's data source has no connection for hangupby, although the database is up. The message says what to do. */
final class NoConnectionException extends SQLException {
    private static final long serialVersionUID = 1;

    private NoConnectionException(String message) {
        super(message);
    }

    /** Returns whether a pool failed and not the database. A database names its failures by SQL states, a pool does not. */
    static boolean isPools(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException failed && failed.getSQLState() != null) {
                return false;
            }
        }
        return true;
    }

    static NoConnectionException noneLeft(SQLException failure) {
        return new NoConnectionException("the connection pool had no connection left ("
                + failure.getClass().getSimpleName()
                + "); find what holds its connections for long, or raise its maximum size");
    }

    static NoConnectionException inTransaction() {
        return new NoConnectionException(
                "the data source returned the connection of a transaction that the caller has begun;"
                        + " give hangupby the data source below the transaction-aware proxy");
    }
}
