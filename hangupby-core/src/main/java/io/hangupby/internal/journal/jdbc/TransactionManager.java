package io.hangupby.internal.journal.jdbc;

import io.hangupby.journal.JournalException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Transactions on an application's data source. Thread-safe. */
final class TransactionManager {
    /** No attempt starts later than this, so that a request gets its response in time. */
    private static final long ATTEMPTS_WITHIN_NANOS = Duration.ofSeconds(3).toNanos();

    /** More than the usual size of a pool: after a restart of the database, each of its connections can be broken. */
    private static final int ATTEMPTS = 12;

    private static final int SHORTEST_PAUSE_MILLIS = 5;
    private static final int LONGEST_PAUSE_MILLIS = 100;

    /**
     * db-scheduler takes at most three more connections for polling and heartbeats. Of a pool of ten, one connection is left to
     * the application, even while tables are locked.
     */
    private static final int APPENDS_AT_ONCE = 3;

    private static final int OTHERS_AT_ONCE = 3;

    private static final Duration PERMIT_WITHIN = Duration.ofSeconds(2);

    private final ApplicationDataSource source;
    private final Semaphore appends = new Semaphore(APPENDS_AT_ONCE, true);
    private final Semaphore others = new Semaphore(OTHERS_AT_ONCE, true);
    private final ThreadLocal<Optional<Transaction>> current = ThreadLocal.withInitial(Optional::empty);

    TransactionManager(DataSource source) {
        this.source = new ApplicationDataSource(source);
    }

    /** Returns the application's data source. */
    ApplicationDataSource source() {
        return source;
    }

    /** Returns the connection of the calling thread's transaction, if the thread is in one. */
    Optional<Connection> currentConnection() {
        return current.get().map(Transaction::connection);
    }

    /**
     * Does work in one transaction, or in the transaction that the thread is in already. After a conflict with another node, or
     * with a broken connection, the work is repeated for at most {@link #ATTEMPTS_WITHIN_NANOS 3 seconds}.
     *
     * @param work changes nothing when it is repeated after a commit whose success we do not know
     * @throws JournalException if the database fails, or no permit is free in time; nothing has changed then, unless the commit
     *     itself failed
     */
    <T> T inTransaction(Work<T> work) {
        return inTransaction(others, LentConnection::of, work);
    }

    /**
     * Runs db-scheduler's own statements in a transaction of ours: otherwise each thread that works on a task could take a
     * connection of its own.
     */
    void runInTransaction(Runnable statements) {
        inTransaction(connection -> {
            statements.run();
            return true;
        });
    }

    /** Does the same without our time limits, for long work that is done once. */
    <T> T inLongTransaction(Work<T> work) {
        return inTransaction(others, LentConnection::unlimited, work);
    }

    /** Does the same for an event. Appends have permits of their own, so that they wait only for each other. */
    <T> T append(Work<T> work) {
        return append(System.nanoTime(), work);
    }

    /** Does the same for an event whose first attempt was made at a moment of {@link System#nanoTime}. */
    <T> T append(long start, Work<T> work) {
        return inTransaction(appends, start, LentConnection::of, work);
    }

    /**
     * Makes one attempt. The work sets the time limits itself, and may begin and end its transaction itself.
     *
     * @return an empty Optional if the attempt failed
     * @throws JournalException if there is no connection, or no permit is free in time
     */
    <T> Optional<T> appendOnce(Work<T> work) {
        return inNew(appends, transaction -> {
            try {
                return Optional.of(attempt(transaction, LentConnection::withoutLimits, work));
            } catch (NoConnectionException none) {
                throw DatabaseFailure.of(none);
            } catch (SQLException failure) {
                return Optional.empty();
            }
        });
    }

    /** Returns whether the calling thread is in one of our transactions. */
    boolean isInTransaction() {
        return current.get().isPresent();
    }

    private <T> T inTransaction(Semaphore permits, Lender lender, Work<T> work) {
        return inTransaction(permits, System.nanoTime(), lender, work);
    }

    private <T> T inTransaction(Semaphore permits, long start, Lender lender, Work<T> work) {
        Optional<Transaction> joined = current.get();
        return joined.isPresent()
                ? inJoined(joined.get(), work)
                : inNew(permits, transaction -> repeated(transaction, start, lender, work));
    }

    private static <T> T inNew(Semaphore permits, Function<Transaction, T> work) {
        Transaction transaction = new Transaction();
        T result = withPermit(permits, () -> work.apply(transaction));
        transaction.then.forEach(Runnable::run);
        return result;
    }

    /** Limits the transactions at once, so that a slow or locked database leaves the application connections of its pool. */
    private static <T> T withPermit(Semaphore permits, Supplier<T> transaction) {
        if (!isAcquired(permits)) {
            throw tooSlow(PERMIT_WITHIN);
        }
        try {
            return transaction.get();
        } finally {
            permits.release();
        }
    }

    static JournalException tooSlow(Duration waited) {
        return new JournalException("the database is too slow: in " + waited.toSeconds()
                + " s no transaction of hangupby ended, so the next could not begin; check its load, the locks on its tables,"
                + " and the size of the connection pool");
    }

    private static boolean isAcquired(Semaphore permits) {
        try {
            return permits.tryAcquire(PERMIT_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private <T> T repeated(Transaction transaction, long start, Lender lender, Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(transaction, lender, work);
            } catch (SQLException failure) {
                boolean again = attempt < ATTEMPTS
                        && System.nanoTime() - start < ATTEMPTS_WITHIN_NANOS
                        && PassingFailure.is(failure)
                        && pause();
                if (!again) {
                    throw DatabaseFailure.of(failure);
                }
            }
        }
    }

    /** Waits for a random time, so that conflicting transactions do not meet again. Returns whether the time has passed. */
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

    /** Runs an action once the thread's transaction is committed. */
    void afterCommit(Runnable what) {
        current.get().ifPresentOrElse(transaction -> transaction.then.add(what), what);
    }

    private static <T> T inJoined(Transaction transaction, Work<T> work) {
        try {
            return work.on(transaction.connection());
        } catch (SQLException failure) {
            throw new WrappedFailure(failure);
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
                if (!connection.getAutoCommit()) {
                    connection.commit();
                }
                return result;
            } catch (SQLException | RuntimeException | Error failure) {
                rollBack(connection, failure);
                throw failure;
            } finally {
                current.remove();
            }
        } catch (RuntimeException failure) {
            throw databaseFailure(failure).orElseThrow(() -> failure);
        }
    }

    /** Returns the database's failure that db-scheduler wrapped, if any. */
    private static Optional<SQLException> databaseFailure(Throwable failure) {
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

    /** Takes a connection from the application's pool. */
    private interface Lender {
        LentConnection lend(ApplicationDataSource source) throws SQLException;
    }

    /** The work of a transaction. */
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

    /** Carries a failure to the start of its transaction. */
    private static final class WrappedFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        WrappedFailure(SQLException cause) {
            super(cause);
        }
    }
}
