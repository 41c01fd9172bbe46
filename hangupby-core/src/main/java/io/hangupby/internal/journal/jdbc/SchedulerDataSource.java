package io.hangupby.internal.journal.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source for db-scheduler, which returns the connection of the calling thread's transaction, so that both write in one
 * transaction. Thread-safe.
 */
final class SchedulerDataSource implements DataSource {
    private static final Set<String> ENDING_METHODS = Set.of("close", "commit", "rollback", "setAutoCommit");

    private final TransactionManager transactions;

    SchedulerDataSource(TransactionManager transactions) {
        this.transactions = transactions;
    }

    /** Outside of our transactions, db-scheduler itself ends what it starts, one statement at a time. */
    @Override
    public Connection getConnection() throws SQLException {
        Optional<Connection> joined = transactions.currentConnection();
        return joined.isPresent() ? withoutEnding(joined.get()) : closing(LentConnection.of(transactions.source()));
    }

    /** Returns a view of a connection that restores and releases the connection on close. */
    private static Connection closing(LentConnection lent) {
        return view((method, arguments) -> {
            if (method.getName().equals("close")) {
                lent.close();
                return null;
            }
            return method.invoke(lent.connection(), arguments);
        });
    }

    /** Returns a view of a transaction's connection that can neither commit nor close it. */
    private static Connection withoutEnding(Connection connection) {
        return view((method, arguments) -> {
            if (ENDING_METHODS.contains(method.getName())) {
                return null;
            }
            return method.getName().equals("getAutoCommit") ? true : method.invoke(connection, arguments);
        });
    }

    private static Connection view(Call call) {
        return (Connection) Proxy.newProxyInstance(
                SchedulerDataSource.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    try {
                        return call.of(method, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getTargetException();
                    }
                });
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the application's data source knows its user");
    }

    @Override
    public ConnectionBuilder createConnectionBuilder() throws SQLException {
        throw new SQLFeatureNotSupportedException("the application's data source knows its user");
    }

    private DataSource source() {
        return transactions.source().source();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return source().getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        source().setLogWriter(out);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return source().getLoginTimeout();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        source().setLoginTimeout(seconds);
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return source().getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return source().unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return source().isWrapperFor(type);
    }

    /** Handles a method call on a view of a connection. */
    private interface Call {
        @Nullable
        Object of(Method method, @Nullable Object @Nullable [] arguments)
                throws InvocationTargetException, IllegalAccessException, SQLException;
    }
}
