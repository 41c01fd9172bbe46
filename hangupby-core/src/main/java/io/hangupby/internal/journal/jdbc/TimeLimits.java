package io.hangupby.internal.journal.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How long a database itself lets our statements wait. A driver that gives up leaves a backend behind, which waits on for its
 * lock and counts among the server's connections; a database that gives up leaves nothing.
 */
interface TimeLimits {
    /** Longer than PostgreSQL waits until it looks for a deadlock, one second, which it then ends at once. */
    int LOCK_MILLIS = 1_500;

    int STATEMENT_MILLIS = 2_000;

    /** Those of a database that has none, or of which we know none. */
    TimeLimits NONE = new TimeLimits() {
        @Override
        public void begin(Connection connection) {}

        @Override
        public void end(Connection connection) {}
    };

    static TimeLimits of(Connection connection) throws SQLException {
        return switch (connection.getMetaData().getDatabaseProductName()) {
            case "PostgreSQL" -> new PostgreSql();
            case "H2" -> new H2();
            default -> NONE;
        };
    }

    /** Limits what is done on this connection from now on; it is in no transaction yet. */
    void begin(Connection connection) throws SQLException;

    /** Leaves the session as it was; its transaction has ended. */
    void end(Connection connection) throws SQLException;

    /** For the transaction only, and so is its isolation: the driver sends both along with its beginning, and they end with it. */
    final class PostgreSql implements TimeLimits {
        // Our statements lock what they change: a database that is set to serialize everything would only make them
        // fail.
        private static final String BEGIN = "set transaction isolation level read committed; "
                + "set local lock_timeout = " + LOCK_MILLIS + "; set local statement_timeout = " + STATEMENT_MILLIS;

        @Override
        public void begin(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(BEGIN);
            }
        }

        @Override
        public void end(Connection connection) {}
    }

    /** For the session, which knows no others; it is embedded, so a statement costs next to nothing. */
    final class H2 implements TimeLimits {
        private int before = LOCK_MILLIS;

        @Override
        public void begin(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery("select lock_timeout()")) {
                found.next();
                before = found.getInt(1);
            }
            set(connection, LOCK_MILLIS);
        }

        @Override
        public void end(Connection connection) throws SQLException {
            set(connection, before);
        }

        private static void set(Connection connection, int millis) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set lock_timeout " + millis);
            }
        }
    }
}
