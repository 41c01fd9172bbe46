package io.hangupby.internal.journal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The application's data source, outside of the application's own transactions. hangupby commits what it stores, and must never
 * commit what a caller has begun. Thread-safe.
 */
final class ApplicationDataSource {
    private static final String TRANSACTION_AWARE =
            "org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy";

    private final DataSource source;

    /** Whether the data source is known to return connections that commit each statement, unless a transaction has begun. */
    private volatile boolean returnsAutoCommit;

    ApplicationDataSource(DataSource source) {
        this.source = target(source);
    }

    /** Returns the data source below Spring's proxy, which would return the connection of a caller's transaction. */
    private static DataSource target(DataSource source) {
        for (Class<?> type = source.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(TRANSACTION_AWARE)) {
                return targetOf(source, type);
            }
        }
        return source;
    }

    private static DataSource targetOf(DataSource proxy, Class<?> type) {
        try {
            return type.getMethod("getTargetDataSource").invoke(proxy) instanceof DataSource target
                    ? target(target)
                    : proxy;
        } catch (ReflectiveOperationException anotherVersion) {
            return proxy;
        }
    }

    DataSource source() {
        return source;
    }

    /**
     * Takes a connection that no transaction has begun on.
     *
     * @throws NoConnectionException if the pool has none, or only that of a transaction
     */
    Connection connection() throws SQLException {
        Connection connection;
        try {
            connection = source.getConnection();
        } catch (SQLException failure) {
            throw NoConnectionException.isPools(failure) ? NoConnectionException.noneLeft(failure) : failure;
        }
        if (connection.getAutoCommit()) {
            returnsAutoCommit = true;
        } else if (returnsAutoCommit) {
            connection.close();
            throw NoConnectionException.inTransaction();
        }
        return connection;
    }
}
