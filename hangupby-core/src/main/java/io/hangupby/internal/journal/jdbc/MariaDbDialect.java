package io.hangupby.internal.journal.jdbc;

import com.github.kagkarlsson.scheduler.jdbc.MariaDBJdbcCustomization;

/**
 * db-scheduler's dialect for MariaDB, with due tasks that are locked where they are read, so that nodes that poll at once get
 * different tasks. db-scheduler itself leaves that out, because it supports MariaDB before 10.6 too.
 */
final class MariaDbDialect extends MariaDBJdbcCustomization {

    MariaDbDialect() {
        super(true);
    }

    @Override
    public boolean supportsGenericLockAndFetch() {
        return true;
    }

    @Override
    public String createGenericSelectForUpdateQuery(
            String table, int limit, String furtherCondition, boolean orderByPriority) {
        // The same order and limit as without locks; MariaDB expects the locks after them.
        return createSelectDueQuery(table, limit, furtherCondition, orderByPriority) + " for update skip locked";
    }
}
