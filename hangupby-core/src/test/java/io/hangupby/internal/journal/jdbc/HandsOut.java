package io.hangupby.internal.journal.jdbc;

import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doNothing;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** Pools whose connections misbehave. */
final class HandsOut {
    private HandsOut() {}

    /** Hands out certain connections first, and keeps them when they are given back. */
    static DataSource first(List<Connection> first, DataSource then) throws SQLException {
        Deque<Connection> left = new ArrayDeque<>(first);
        DataSource pool = forwarding(DataSource.class, then);
        doAnswer(call -> left.isEmpty() ? then.getConnection() : kept(left.removeFirst()))
                .when(pool)
                .getConnection();
        return pool;
    }

    private static Connection kept(Connection connection) throws SQLException {
        Connection kept = forwarding(Connection.class, connection);
        doNothing().when(kept).close();
        return kept;
    }

    /** Its connections are broken by the time that they are given back. */
    static DataSource thatCannotBeClosed(DataSource source) throws SQLException {
        DataSource pool = forwarding(DataSource.class, source);
        doAnswer(call -> uncloseable(source.getConnection())).when(pool).getConnection();
        return pool;
    }

    private static Connection uncloseable(Connection connection) throws SQLException {
        Connection uncloseable = forwarding(Connection.class, connection);
        doAnswer(call -> {
                    connection.close();
                    throw new SQLException("broken off", "08006");
                })
                .when(uncloseable)
                .close();
        return uncloseable;
    }

    /** Loses the response to the next commit when it is due, so that nobody can know whether the commit took effect. */
    static DataSource thatLosesTheResponseToACommit(DataSource source, AtomicBoolean isDue) throws SQLException {
        DataSource pool = forwarding(DataSource.class, source);
        doAnswer(call -> {
                    Connection real = source.getConnection();
                    Connection connection = forwarding(Connection.class, real);
                    doAnswer(commit -> {
                                real.commit();
                                if (isDue.getAndSet(false)) {
                                    throw new SQLException("broken off", "08006");
                                }
                                return null;
                            })
                            .when(connection)
                            .commit();
                    return connection;
                })
                .when(pool)
                .getConnection();
        return pool;
    }

    /** Returns a mock that passes each call on, and remembers none. */
    private static <T> T forwarding(Class<T> type, T to) {
        return mock(type, withSettings().stubOnly().defaultAnswer(delegatesTo(to)));
    }
}
