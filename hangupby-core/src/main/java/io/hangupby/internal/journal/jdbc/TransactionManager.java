package io.hangupby.internal.journal.jdbc;

import io.hangupby.journal.JournalException;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Transactions on an application's data source. As a data source itself it hands out the connection of the transaction that
 * the calling thread is in, so that what db-scheduler writes there is committed with what we write, or not at all.
 * Thread-safe.
 */
final class TransactionManager implements DataSource {
    /** No attempt begins later than this: a request that waits for an answer gets one. */
    private static final long TRIES_FOR_NANOS = Duration.ofSeconds(3).toNanos();

    /** More than a pool usually has: after a restart of the database each of its connections can be a broken one. */
    private static final int ATTEMPTS = 12;

    private static final int SHORTEST_PAUSE_MILLIS = 5;
    private static final int LONGEST_PAUSE_MILLIS = 100;

    /**
     * What db-scheduler polls and signs with takes three more connections at the most, so that of a pool of ten, one is left to
     * the application whatever is locked.
     */
    private static final int APPENDS_AT_ONCE = 3;

    private static final int OTHERS_AT_ONCE = 3;

    private static final Duration TURN_WITHIN = Duration.ofSeconds(2);

    private static final Set<String> ENDS_IT = Set.of("close", "commit", "rollback", "setAutoCommit");

    private final DataSource source;
    private final Semaphore appends = new Semaphore(APPENDS_AT_ONCE, true);
    private final Semaphore others = new Semaphore(OTHERS_AT_ONCE, true);
    private final ThreadLocal<Optional<Transaction>> current = ThreadLocal.withInitial(Optional::empty);

    TransactionManager(DataSource source) {
        this.source = source;
    }

    /**
     * Does something in one transaction, or in the one that the thread is in already. Where another node was faster, or the
     * connection was a broken one, it is done again, for {@link #TRIES_FOR_NANOS 3 seconds} at the most.
     *
     * @param work changes nothing the second time, if it was committed without our knowing
     * @throws JournalException if the database fails, or is too busy with us to begin; nothing has changed then, unless it failed
     *     while it committed
     */
    <T> T inTransaction(Work<T> work) {
        return inTransaction(others, LentConnection::of, work);
    }

    /** Does the same without our limits of time, for what takes long and is done once. */
    <T> T inLongTransaction(Work<T> work) {
        return inTransaction(others, LentConnection::unlimited, work);
    }

    /** Does the same for an event: these wait for each other, and for nothing else that is done. */
    <T> T append(Work<T> work) {
        return inTransaction(appends, LentConnection::of, work);
    }

    private <T> T inTransaction(Semaphore turns, Lender lender, Work<T> work) {
        Optional<Transaction> joined = current.get();
        if (joined.isPresent()) {
            return inJoined(joined.get(), work);
        }
        Transaction transaction = new Transaction();
        T result = inTurn(turns, () -> inNew(transaction, lender, work));
        transaction.then.forEach(Runnable::run);
        return result;
    }

    /** Only so many at once: a database that is slow for us, or locked, leaves the application connections of its pool. */
    private static <T> T inTurn(Semaphore turns, Supplier<T> transaction) {
        if (!isTurn(turns)) {
            throw new JournalException("the database is too slow: in " + TURN_WITHIN.toSeconds()
                    + " s no transaction of hangupby ended for another one to begin; see how busy it is, what locks its tables,"
                    + " and how large its connection pool is");
        }
        try {
            return transaction.get();
        } finally {
            turns.release();
        }
    }

    private static boolean isTurn(Semaphore turns) {
        try {
            return turns.tryAcquire(TURN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private <T> T inNew(Transaction transaction, Lender lender, Work<T> work) {
        long began = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(transaction, lender, work);
            } catch (SQLException failure) {
                boolean again = attempt < ATTEMPTS
                        && System.nanoTime() - began < TRIES_FOR_NANOS
                        && PassingFailure.is(failure)
                        && pause();
                if (!again) {
                    throw failed(failure);
                }
            }
        }
    }

    /** Those who were in each other's way are not to meet again. Returns whether the time has passed. */
    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(
                    ThreadLocalRandom.current().nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
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

    private <T> T attempt(Transaction transaction, Lender lender, Work<T> work) throws SQLException {
        transaction.then.clear();
        try (LentConnection lent = lender.lend(source)) {
            Connection connection = lent.connection();
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

    /** Outside of a transaction of ours it is db-scheduler that ends what it begins, one statement at a time. */
    @Override
    public Connection getConnection() throws SQLException {
        Optional<Transaction> joined = current.get();
        return joined.isPresent() ? withoutEnd(joined.get().connection()) : alone(LentConnection.of(source));
    }

    /** A view of a connection that is given back, as it was, by closing it. */
    private static Connection alone(LentConnection lent) {
        return view((method, arguments) -> {
            if (method.getName().equals("close")) {
                lent.close();
                return null;
            }
            return method.invoke(lent.connection(), arguments);
        });
    }

    /** A view of a transaction's connection for somebody who must neither commit it nor give it back. */
    private static Connection withoutEnd(Connection connection) {
        return view((method, arguments) -> {
            if (ENDS_IT.contains(method.getName())) {
                return null;
            }
            return method.getName().equals("getAutoCommit") ? true : method.invoke(connection, arguments);
        });
    }

    private static Connection view(Call call) {
        return (Connection) Proxy.newProxyInstance(
                TransactionManager.class.getClassLoader(),
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

    /** What becomes of a call to a connection's view. */
    private interface Call {
        @Nullable
        Object of(Method method, @Nullable Object @Nullable [] arguments)
                throws InvocationTargetException, IllegalAccessException, SQLException;
    }

    /** Takes a connection from the application's pool. */
    private interface Lender {
        LentConnection lend(DataSource source) throws SQLException;
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
