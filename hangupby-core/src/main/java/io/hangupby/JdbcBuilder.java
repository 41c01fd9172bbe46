package io.hangupby;

import java.time.Duration;
import javax.sql.DataSource;

/** Collects how the journal is kept in a database, see {@link HangUpByBuilder#jdbc}. Not thread-safe. */
public final class JdbcBuilder {
    private boolean createTables;
    private Duration retention = HangUpByBuilder.DEFAULT_RETENTION;

    JdbcBuilder() {}

    /** Creates the tables that the database lacks; drops nothing. */
    public JdbcBuilder createTables(boolean createTables) {
        this.createTables = createTables;
        return this;
    }

    /** Keeps what is known of a task for this long after its last event; at least a day. */
    public JdbcBuilder retention(Duration retention) {
        this.retention = retention;
        return this;
    }

    /**
     * @throws HangUpByConfigurationException if a setting is wrong
     */
    JdbcSettings build(DataSource source) {
        if (retention.compareTo(Duration.ofDays(1)) < 0) {
            throw HangUpByBuilder.wrong("hangupby.jdbc.retention", "at least a day, which is how long a call can last");
        }
        return new JdbcSettings(source, createTables, retention);
    }
}
