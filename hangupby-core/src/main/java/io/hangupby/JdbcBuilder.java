package io.hangupby;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Collects how the journal is kept in a database, see {@link HangUpByBuilder#jdbc}. Not thread-safe. */
public final class JdbcBuilder {
    private static final Pattern SCHEMA = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

    private Optional<String> schema = Optional.empty();
    private boolean createTables;
    private Duration retention = HangUpByBuilder.DEFAULT_RETENTION;

    JdbcBuilder() {}

    /** Names the schema of the tables; in MariaDB, the database. Default: the schema of the data source's connections. */
    public JdbcBuilder schema(@Nullable String schema) {
        this.schema = Optional.ofNullable(schema);
        return this;
    }

    /** Creates the tables that the database lacks, and their schema; drops nothing. */
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
        if (schema.isPresent() && !SCHEMA.matcher(schema.get()).matches()) {
            throw HangUpByBuilder.wrong(
                    "hangupby.jdbc.schema", "a name of letters, digits and underscores that needs no quotes");
        }
        return new JdbcSettings(source, schema, createTables, retention);
    }
}
