package io.hangupby.internal.journal.jdbc;

import io.hangupby.call.TaskRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** A task's key, as its rows have it: a row from another writer need not name a valid task. */
record TaskKey(String task, String workspace, String account) {
    /** Restricts a statement to the rows of a task. */
    static final String CONDITION = " where task = ? and workspace = ? and account = ?";

    static final int COLUMNS = 3;

    /** Reads a key from the first three columns of a row. */
    static TaskKey of(ResultSet found) throws SQLException {
        return new TaskKey(found.getString(1), found.getString(2), found.getString(3));
    }

    static TaskKey of(TaskRef task) {
        return new TaskKey(
                task.task().value(), task.workspace().value(), task.account().value());
    }

    /** Prepares a statement whose first three parameters are the key of a task. */
    static PreparedStatement prepare(Connection connection, String sql, TaskRef task) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        of(task).set(statement, 1);
        return statement;
    }

    void set(PreparedStatement statement, int from) throws SQLException {
        statement.setString(from, task);
        statement.setString(from + 1, workspace);
        statement.setString(from + 2, account);
    }

    Optional<TaskRef> ref() {
        return InstanceId.task(task, workspace, account);
    }
}
