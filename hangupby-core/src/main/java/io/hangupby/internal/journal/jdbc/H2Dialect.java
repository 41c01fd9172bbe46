package io.hangupby.internal.journal.jdbc;

import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;

/** db-scheduler's dialect for databases that it does not know, with due tasks that are locked where they are read. */
final class H2Dialect extends DefaultJdbcCustomization {

    H2Dialect() {
        super(false);
    }

    @Override
    public String getName() {
        return "H2";
    }

    @Override
    public boolean supportsGenericLockAndFetch() {
        return true;
    }

    @Override
    public String createGenericSelectForUpdateQuery(
            String table, int limit, String furtherCondition, boolean orderByPriority) {
        return createSelectDueQuery(table, limit, furtherCondition, orderByPriority) + " for update skip locked";
    }
}
