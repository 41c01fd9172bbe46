package io.hangupby.internal.journal.jdbc;

import io.hangupby.internal.journal.JournalState;
import io.hangupby.internal.journal.RecurringJob;
import io.hangupby.internal.journal.SchedulingPolicy;
import io.hangupby.internal.journal.TaskJournal;
import io.hangupby.internal.journal.WorkQueue;
import io.hangupby.journal.JournalException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import javax.sql.DataSource;

/**
 * The journal and the queue in an application's database: PostgreSQL, MariaDB or H2. Stored events survive the process. Several nodes on
 * one database share all tasks, and one node at a time works on a task. Thread-safe.
 */
public final class JdbcStore {
    /** The versions of db-scheduler that hangupby works with. */
    public static final String SCHEDULER_RANGE = SchedulerVersion.RANGE;

    private static final Duration FORGET_INTERVAL = Duration.ofMinutes(10);

    private final TransactionManager database;
    private final Tables tables;
    private final JdbcTaskJournal journal;
    private final JdbcWorkQueue queue;
    private final RecurringJob forgetOld;

    private JdbcStore(
            TransactionManager database,
            SchedulerSetup setup,
            Clock clock,
            Duration retention,
            SchedulingPolicy schedulingPolicy) {
        this.database = database;
        this.tables = setup.tables();
        this.queue = new JdbcWorkQueue(database, setup, clock);
        this.journal = new JdbcTaskJournal(database, setup.tables(), queue, clock, schedulingPolicy);
        this.forgetOld = new RecurringJob("forget-old-calls", FORGET_INTERVAL, () -> {
            journal.forgetOlderThan(retention);
            queue.forgetOlderThan(retention);
        });
    }

    /**
     * Opens the store.
     *
     * @param source the application's data source, with or without auto-commit
     * @param schema the schema of the tables, or an empty Optional for the connections' own
     * @param createTables whether to create missing tables; no table is ever dropped
     * @param retention how long a task is stored after its last change
     * @param clock the clock for all times in the tables
     * @param threads work on due tasks
     * @param tasksAtOnce how many tasks this node works on at once
     * @param schedulingPolicy says which events make a task due
     * @throws JournalException if the database cannot be used, or the tables are missing
     */
    public static JdbcStore open(
            DataSource source,
            Optional<String> schema,
            boolean createTables,
            Duration retention,
            Clock clock,
            ScheduledExecutorService threads,
            int tasksAtOnce,
            SchedulingPolicy schedulingPolicy) {
        SchedulerVersion.check();
        TransactionManager database = new TransactionManager(source);
        Tables tables = database.inTransaction(connection -> new Tables(Product.of(connection), schema));
        Schema inDatabase = new Schema(tables);
        if (createTables) {
            createTables(database, inDatabase);
        }
        database.inTransaction(inDatabase::require);
        SchedulerSetup setup = new SchedulerSetup(database, tables, clock, threads, tasksAtOnce);
        return new JdbcStore(database, setup, clock, retention, schedulingPolicy);
    }

    /** Creates only missing tables: even "create if not exists" waits for transactions that write to the table. */
    private static void createTables(TransactionManager database, Schema schema) {
        List<String> missing = database.inTransaction(schema::missing);
        if (!missing.isEmpty()) {
            database.inLongTransaction(connection -> schema.create(connection, missing));
        }
    }

    /** Returns the journal. */
    public TaskJournal journal() {
        return journal;
    }

    /** Returns the queue. */
    public WorkQueue queue() {
        return queue;
    }

    /** Returns how many nodes live on this database, this node included, as of the last heartbeat. */
    public int liveNodes() {
        return queue.liveNodes();
    }

    /** Returns the jobs that one node at a time runs from time to time. */
    public List<RecurringJob> recurringJobs() {
        return List.of(forgetOld);
    }

    /**
     * Returns how the store is.
     *
     * @throws JournalException if it cannot be used; it says what to do
     */
    public JournalState state() {
        return database.inTransaction(connection -> {
            Schema inDatabase = new Schema(tables);
            List<String> missing = inDatabase.missing(connection);
            inDatabase.require(connection);
            TextEncoding.require(connection, tables);
            if (!missing.isEmpty()) {
                throw new JournalException("the schema is not complete: run "
                        + tables.product().file()
                        + " of hangupby-core's jar, or set hangupby.jdbc.create-tables=true");
            }
            DatabaseMetaData about = connection.getMetaData();
            String description = "In a database, " + about.getDatabaseProductName() + " "
                    + about.getDatabaseProductVersion().replaceFirst(" .*", "")
                    + ", whose tables are complete and writable; db-scheduler "
                    + SchedulerVersion.ofClassPath().orElse("of an unknown version");
            return new JournalState(description, nodes(connection));
        });
    }

    private Set<String> nodes(Connection connection) throws SQLException {
        Set<String> nodes = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "select distinct picked_by from " + tables.queue() + " where picked_by is not null")) {
            while (found.next()) {
                nodes.add(found.getString(1));
            }
        }
        return nodes;
    }
}
