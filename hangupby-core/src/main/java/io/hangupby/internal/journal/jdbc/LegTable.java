package io.hangupby.internal.journal.jdbc;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.internal.journal.TaskSids;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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
        if (sids.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                tables.in("insert into hangupby_leg (task, workspace, account, sid) select task, workspace, account, ?"
                        + " from hangupby_task t where task = ? and workspace = ? and account = ?"
                        + " and not exists (select 1 from hangupby_leg l where l.sid = ? and l.account = t.account"
                        + " and l.workspace = t.workspace and l.task = t.task)"))) {
            for (String sid : sids) {
                insert.setString(1, sid);
                TaskKey.of(task).set(insert, 2);
                insert.setString(5, sid);
                insert.addBatch();
            }
            insert.executeBatch();
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
