package io.hangupby;

import java.time.Duration;
import javax.sql.DataSource;

/**
 * Where the journal is kept, if not in memory.
 *
 * @param source the application's database
 * @param createTables whether to create the tables that are not there
 * @param retention how long a task is remembered after the last thing that was told of it
 */
record DatabaseSettings(DataSource source, boolean createTables, Duration retention) {}
