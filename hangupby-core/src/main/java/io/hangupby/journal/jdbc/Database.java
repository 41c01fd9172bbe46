package io.hangupby.journal.jdbc;

import io.hangupby.journal.JournalException;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Transactions on an application's data source. As a data source itself it hands out the connection of the transaction that
 * the calling thread is in, so that what db-scheduler writes there is committed with what we write, or not at all.
 * Thread-safe.
 */
final class Database implements DataSource {
    /** A database that answers later than this is taken for down: whoever waits for it is answered. */
    private static final int ANSWERS_WITHIN_MILLIS = 5_000;

    private static final int ATTEMPTS = 4;

    private static final Executor ON_THIS_THREAD = Runnable::run;

    private static final Set<String> ENDS_IT = Set.of("close", "commit", "rollback", "setAutoCommit");

    private final DataSource source;
    private final ThreadLocal<Optional<Transaction>> current = ThreadLocal.withInitial(Optional::empty);

    Database(DataSource source) {
        this.source = source;
    }

    /**
     * Does something in one transaction, or in the one that the thread is in already. Where another node was faster, it is
     * done again.
     *
     * @throws JournalException if the database fails; nothing has changed then, unless it failed while it committed
     */
    <T> T inTransaction(Work<T> work) {
        Optional<Transaction> joined = current.get();
        if (joined.isPresent()) {
            return inJoined(joined.get(), work);
        }
        for (int attempt = 1; ; attempt++) {
            Transaction transaction = new Transaction();
            try {
                T result = inNew(transaction, work);
                transaction.then.forEach(Runnable::run);
                return result;
            } catch (SQLException failure) {
                if (attempt == ATTEMPTS || !wasOvertaken(failure)) {
                    throw failed(failure);
                }
            }
        }
    }

    /** Does something once the transaction that the thread is in is committed. */
    void afterCommit(Runnable what) {
        current.get().ifPresentOrElse(transaction -> transaction.then.add(what), what);
    }

    private static <T> T inJoined(Transaction transaction, Work<T> work) {
        try {
            return work.on(transaction.connection());
        } catch (SQLException failure) {
            throw new Passed(failure);
        }
    }

    private <T> T inNew(Transaction transaction, Work<T> work) throws SQLException {
        try (Connection connection = source.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            int timeout = limitWaiting(connection);
            connection.setAutoCommit(false);
            transaction.connection = Optional.of(connection);
            current.set(Optional.of(transaction));
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error failure) {
                rollBack(connection, failure);
                throw failure;
            } finally {
                current.remove();
                giveBack(connection, autoCommit, timeout);
            }
        } catch (RuntimeException failure) {
            throw below(failure).orElseThrow(() -> failure);
        }
    }

    /** What db-scheduler makes of a failure of the database. */
    private static Optional<SQLException> below(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException failed) {
                return Optional.of(failed);
            }
        }
        return Optional.empty();
    }

    /** A row that another node put there in the same moment, or a deadlock with one. */
    private static boolean wasOvertaken(SQLException failure) {
        String state = Optional.ofNullable(failure.getSQLState()).orElse("");
        return state.startsWith("23") || state.startsWith("40");
    }

    private static int limitWaiting(Connection connection) throws SQLException {
        try {
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(ON_THIS_THREAD, ANSWERS_WITHIN_MILLIS);
            return before;
        } catch (SQLFeatureNotSupportedException embedded) {
            return -1;
        }
    }

    private static void giveBack(Connection connection, boolean autoCommit, int timeout) {
        try {
            if (!connection.isClosed()) {
                connection.setAutoCommit(autoCommit);
                if (timeout >= 0) {
                    connection.setNetworkTimeout(ON_THIS_THREAD, timeout);
                }
            }
        } catch (SQLException broken) {
            // The pool finds out for itself; what was committed stays committed.
        }
    }

    private static void rollBack(Connection connection, Throwable because) {
        try {
            connection.rollback();
        } catch (SQLException broken) {
            because.addSuppressed(broken);
        }
    }

    /** Names the failure by its state only: a driver's message can quote values. */
    static JournalException failed(SQLException failure) {
        return new JournalException("the database failed (SQL state "
                + Optional.ofNullable(failure.getSQLState()).orElse("unknown") + ", "
                + failure.getClass().getSimpleName() + "); see that it is up and has the tables of hangupby");
    }

    @Override
    public Connection getConnection() throws SQLException {
        Optional<Transaction> joined = current.get();
        return joined.isPresent() ? withoutEnd(joined.get().connection()) : source.getConnection();
    }

    /** A view of a transaction's connection for somebody who must neither commit it nor give it back. */
    private static Connection withoutEnd(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Database.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (ENDS_IT.contains(method.getName())) {
                        return null;
                    }
                    if (method.getName().equals("getAutoCommit")) {
                        return true;
                    }
                    try {
                        return method.invoke(connection, arguments);
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

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        source.setLogWriter(out);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return source.getLoginTimeout();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        source.setLoginTimeout(seconds);
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return source.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return source.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return source.isWrapperFor(type);
    }

    /** What is done in a transaction. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** The transaction that a thread is in. */
    private static final class Transaction {
        private final List<Runnable> then = new ArrayList<>();
        private Optional<Connection> connection = Optional.empty();

        Connection connection() {
            return connection.orElseThrow();
        }
    }

    /** Carries a failure through to where its transaction began. */
    private static final class Passed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Passed(SQLException cause) {
            super(cause);
        }
    }
}
