package io.hangupby.internal.journal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.Executor;

/**
 * A connection of the application's pool in one of our transactions, with time limits. Closing it restores its settings. Used by
 * one thread.
 */
final class LentConnection implements AutoCloseable {
    /**
     * Longer than any limit of the database's own, so that the database gives up first and no session is left waiting for a lock.
     */
    private static final int RESPONSE_WITHIN_MILLIS = 5_000;

    private static final int HAS_NO_NETWORK = -1;

    private static final Executor ON_THIS_THREAD = Runnable::run;

    private final Connection connection;
    private boolean autoCommit = true;
    private int networkTimeout = HAS_NO_NETWORK;
    private TimeLimits limits = TimeLimits.NONE;

    private LentConnection(Connection connection) {
        this.connection = connection;
    }

    static LentConnection of(ApplicationDataSource source) throws SQLException {
        return begun(source, lent -> {
            lent.limitNetwork();
            lent.connection.setAutoCommit(false);
            lent.limits = TimeLimits.of(lent.connection);
            lent.limits.begin(lent.connection);
        });
    }

    /** Takes a connection for statements that set the database's time limits, and begin their transaction, themselves. */
    static LentConnection withoutLimits(ApplicationDataSource source) throws SQLException {
        return begun(source, LentConnection::limitNetwork);
    }

    /** Takes a connection with the application's time limits, for long work that is done once. */
    static LentConnection unlimited(ApplicationDataSource source) throws SQLException {
        return begun(source, lent -> lent.connection.setAutoCommit(false));
    }

    private static LentConnection begun(ApplicationDataSource source, Beginning beginning) throws SQLException {
        LentConnection lent = new LentConnection(source.connection());
        try {
            lent.autoCommit = lent.connection.getAutoCommit();
            beginning.of(lent);
            return lent;
        } catch (SQLException | RuntimeException | Error failure) {
            lent.close();
            throw failure;
        }
    }

    private void limitNetwork() throws SQLException {
        try {
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(ON_THIS_THREAD, RESPONSE_WITHIN_MILLIS);
            networkTimeout = before;
        } catch (SQLFeatureNotSupportedException embedded) {
            // An embedded database has no network.
        }
    }

    Connection connection() {
        return connection;
    }

    /** Ignores failures: the work may be committed, and must not be repeated. */
    @Override
    public void close() {
        try (connection) {
            restore();
        } catch (SQLException broken) {
            // The pool detects broken connections itself.
        }
    }

    private void restore() throws SQLException {
        if (!connection.isClosed()) {
            if (!connection.getAutoCommit()) {
                // Otherwise setAutoCommit would commit the rest.
                connection.rollback();
            }
            limits.end(connection);
            connection.setAutoCommit(autoCommit);
            if (networkTimeout != HAS_NO_NETWORK) {
                connection.setNetworkTimeout(ON_THIS_THREAD, networkTimeout);
            }
        }
    }

    /** Prepares a connection. */
    private interface Beginning {
        void of(LentConnection lent) throws SQLException;
    }
}
