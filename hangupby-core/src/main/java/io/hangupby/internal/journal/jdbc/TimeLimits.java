package io.hangupby.internal.journal.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Time limits that the database applies to our statements. If only the driver gave up, a session would be left behind that waits
 * for its lock and counts among the server's connections.
 */
interface TimeLimits {
    /** Longer than the second after which PostgreSQL searches for a deadlock and ends it. */
    int LOCK_MILLIS = 1_500;

    int STATEMENT_MILLIS = 2_000;

    /** No limits, for databases without limits and databases that we do not know. */
    TimeLimits NONE = new TimeLimits() {
        @Override
        public void begin(Connection connection) {}

        @Override
        public void end(Connection connection) {}
    };

    static TimeLimits of(Connection connection) throws SQLException {
        return switch (connection.getMetaData().getDatabaseProductName()) {
            case "PostgreSQL" -> new PostgreSql();
            case "MariaDB" -> new MariaDb();
            case "H2" -> new H2();
            default -> NONE;
        };
    }

    /** Sets the limits on a connection that is not in a transaction yet. */
    void begin(Connection connection) throws SQLException;

    /** Restores the session after its transaction has ended. */
    void end(Connection connection) throws SQLException;

    /** Limits and isolation level hold for the transaction only. The driver sends them with its start. */
    final class PostgreSql implements TimeLimits {
        // Our statements lock the rows that they change: a stricter isolation level would only make them fail.
        static final String BEGIN = "set transaction isolation level read committed; set local lock_timeout = "
                + LOCK_MILLIS + "; set local statement_timeout = " + STATEMENT_MILLIS;

        @Override
        public void begin(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(BEGIN);
            }
        }

        @Override
        public void end(Connection connection) {}
    }

    /**
     * Limits and isolation level hold for the session, the only scope that MariaDB has for them. The session's own variables keep
     * what was set before.
     */
    final class MariaDb implements TimeLimits {
        /** Whole seconds: a limit of 1 ends after less than a second and a half, one of 2 could not end in time. */
        private static final int LOCK_SECONDS = LOCK_MILLIS / 1_000;

        /** The limits as a list of assignments. */
        static final String LIMITS = "innodb_lock_wait_timeout = " + LOCK_SECONDS + ", lock_wait_timeout = "
                + LOCK_SECONDS + ", max_statement_time = " + STATEMENT_MILLIS / 1_000;

        private static final List<String> VARIABLES =
                List.of("tx_isolation", "innodb_lock_wait_timeout", "lock_wait_timeout", "max_statement_time");

        private static final String BEGIN = "set "
                + VARIABLES.stream()
                        .map(name -> "@hangupby_" + name + " = @@session." + name)
                        .collect(Collectors.joining(", "))
                + ", tx_isolation = 'READ-COMMITTED', " + LIMITS;

        private static final String END = "set "
                + VARIABLES.stream()
                        .map(name -> "@@session." + name + " = @hangupby_" + name)
                        .collect(Collectors.joining(", "));

        @Override
        public void begin(Connection connection) throws SQLException {
            execute(connection, BEGIN);
        }

        @Override
        public void end(Connection connection) throws SQLException {
            execute(connection, END);
        }

        private static void execute(Connection connection, String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    /** The limit holds for the session, the only scope that H2 has. H2 is embedded, so a statement costs little. */
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
