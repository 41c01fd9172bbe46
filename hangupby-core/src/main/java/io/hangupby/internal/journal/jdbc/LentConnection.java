package io.hangupby.internal.journal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.Executor;
import javax.sql.DataSource;

/**
 * A connection of the application's pool in a transaction of ours, with limits of time. It is given back as it was. Used by one
 * thread.
 */
final class LentConnection implements AutoCloseable {
    /** Longer than any limit of the database's own: whoever gives up first leaves nobody behind who still waits for a lock. */
    private static final int ANSWERS_WITHIN_MILLIS = 5_000;

    private static final int HAS_NO_NETWORK = -1;

    private static final Executor ON_THIS_THREAD = Runnable::run;

    private final Connection connection;
    private boolean autoCommit = true;
    private int networkTimeout = HAS_NO_NETWORK;
    private TimeLimits limits = TimeLimits.NONE;

    private LentConnection(Connection connection) {
        this.connection = connection;
    }

    static LentConnection of(DataSource source) throws SQLException {
        return begun(source, LentConnection::limitTime);
    }

    /** Lends a connection with the limits of time that the application has, for what takes long and is done once. */
    static LentConnection unlimited(DataSource source) throws SQLException {
        return begun(source, lent -> lent.connection.setAutoCommit(false));
    }

    private static LentConnection begun(DataSource source, Beginning beginning) throws SQLException {
        LentConnection lent = new LentConnection(source.getConnection());
        try {
            lent.autoCommit = lent.connection.getAutoCommit();
            beginning.of(lent);
            return lent;
        } catch (SQLException | RuntimeException | Error failure) {
            lent.close();
            throw failure;
        }
    }

    private void limitTime() throws SQLException {
        limitNetwork();
        connection.setAutoCommit(false);
        limits = TimeLimits.of(connection);
        limits.begin(connection);
    }

    private void limitNetwork() throws SQLException {
        try {
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(ON_THIS_THREAD, ANSWERS_WITHIN_MILLIS);
            networkTimeout = before;
        } catch (SQLFeatureNotSupportedException embedded) {
            // There is no network in between.
        }
    }

    Connection connection() {
        return connection;
    }

    /** Whatever fails here, what was committed stays committed: the work is not to be done again for it. */
    @Override
    public void close() {
        try (connection) {
            restore();
        } catch (SQLException broken) {
            // The pool finds out for itself.
        }
    }

    private void restore() throws SQLException {
        if (!connection.isClosed()) {
            // What has not been committed is not to be by the next line but one.
            connection.rollback();
            limits.end(connection);
            connection.setAutoCommit(autoCommit);
            if (networkTimeout != HAS_NO_NETWORK) {
                connection.setNetworkTimeout(ON_THIS_THREAD, networkTimeout);
            }
        }
    }

    /** How a connection is made ready. */
    private interface Beginning {
        void of(LentConnection lent) throws SQLException;
    }
}
