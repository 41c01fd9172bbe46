package io.hangupby;

import java.time.Duration;
import javax.sql.DataSource;

/**
 * How the journal is kept in a database.
 *
 * @param source the application's database
 * @param createTables whether to create the tables that the database lacks
 * @param retention how long what is known of a task is kept after its last event
 */
record JdbcSettings(DataSource source, boolean createTables, Duration retention) {}
