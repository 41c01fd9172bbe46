package io.hangupby;

import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * How the journal is kept in a database.
 *
 * @param source the application's database
 * @param schema the schema of the tables, or an empty Optional for the connections' own
 * @param createTables whether to create the tables that the database lacks
 * @param retention how long what is known of a task is kept after its last event
 */
record JdbcSettings(DataSource source, Optional<String> schema, boolean createTables, Duration retention) {}
