package io.hangupby.internal.journal.jdbc;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.internal.journal.TaskSids;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The rows that say which tasks the SIDs of calls and conferences belong to. A task's rows go with the task. Thread-safe.
 */
final class LegTable {
    private final Tables tables;

    LegTable(Tables tables) {
        this.tables = tables;
    }

    /** Adds the SIDs of a task whose row is locked, apart from those that are known. */
    void insert(Connection connection, TaskRef task, Set<String> sids) throws SQLException {
        Set<String> missing = new LinkedHashSet<>(sids);
        if (!missing.isEmpty()) {
            missing.removeAll(known(connection, task));
        }
        if (missing.isEmpty()) {
            return;
        }
        // Plain rows: MariaDB's driver sends them together, and an insert from a select it does not.
        try (PreparedStatement insert = connection.prepareStatement(
                tables.in("insert into hangupby_leg (task, workspace, account, sid) values (?, ?, ?, ?)"))) {
            for (String sid : missing) {
                TaskKey.of(task).set(insert, 1);
                insert.setString(4, sid);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private Set<String> known(Connection connection, TaskRef task) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                tables.in("select sid from hangupby_leg where task = ? and workspace = ? and account = ?"))) {
            TaskKey.of(task).set(select, 1);
            Set<String> known = new HashSet<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    known.add(rows.getString(1));
                }
            }
            return known;
        }
    }

    /** Returns tasks of an account that a SID belongs to. */
    List<TaskRef> find(Connection connection, AccountSid account, String sid) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                tables.in("select task, workspace, account from hangupby_leg where sid = ? and account = ? limit ?"))) {
            select.setString(1, sid);
            select.setString(2, account.value());
            select.setInt(3, TaskSids.OWNERS_AT_MOST);
            List<TaskRef> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    TaskKey.of(rows).ref().ifPresent(found::add);
                }
            }
            return found;
        }
    }
}
