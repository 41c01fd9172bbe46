package io.hangupby.internal.journal.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.sql.DataSource;

/** A pool that hands out certain connections first, and keeps them when they are given back. */
final class HandsOut {
    private HandsOut() {}

    static DataSource first(List<Connection> first, DataSource then) {
        Deque<Connection> left = new ArrayDeque<>(first);
        return view(DataSource.class, (proxy, method, arguments) -> {
            boolean handsOut = method.getName().equals("getConnection") && !left.isEmpty();
            return handsOut ? kept(left.removeFirst()) : method.invoke(then, arguments);
        });
    }

    /** Its connections are broken by the time that they are given back. */
    static DataSource thatCannotBeClosed(DataSource source) {
        return view(DataSource.class, (proxy, method, arguments) -> {
            Object result = method.invoke(source, arguments);
            return result instanceof Connection connection ? uncloseable(connection) : result;
        });
    }

    private static Connection uncloseable(Connection connection) {
        return view(Connection.class, (proxy, method, arguments) -> {
            Object result = method.invoke(connection, arguments);
            if (method.getName().equals("close")) {
                throw new SQLException("broken off", "08006");
            }
            return result;
        });
    }

    private static Connection kept(Connection connection) {
        return view(
                Connection.class,
                (proxy, method, arguments) ->
                        method.getName().equals("close") ? null : method.invoke(connection, arguments));
    }

    private static <T> T view(Class<T> type, InvocationHandler calls) {
        return type.cast(Proxy.newProxyInstance(
                HandsOut.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return calls.invoke(proxy, method, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getTargetException();
                    }
                }));
    }
}
