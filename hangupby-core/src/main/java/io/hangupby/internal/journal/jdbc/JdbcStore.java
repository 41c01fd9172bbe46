package io.hangupby.internal.journal.jdbc;

import io.hangupby.internal.journal.RecurringJob;
import io.hangupby.internal.journal.SchedulingPolicy;
import io.hangupby.internal.journal.TaskJournal;
import io.hangupby.internal.journal.WorkQueue;
import io.hangupby.journal.JournalException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import javax.sql.DataSource;

/**
 * The journal and the queue in an application's database, for PostgreSQL and H2. What was journalled survives the process;
 * several nodes on one database share all of it, and each task is worked on by one of them at a time. Thread-safe.
 */
public final class JdbcStore {
    private static final Duration FORGETS_EVERY = Duration.ofMinutes(10);

    private final JdbcTaskJournal journal;
    private final JdbcWorkQueue queue;
    private final RecurringJob forgetting;

    private JdbcStore(
            TransactionManager database,
            SchedulerSetup setup,
            Clock clock,
            Duration retention,
            SchedulingPolicy wakeRule) {
        this.queue = new JdbcWorkQueue(database, setup, clock);
        this.journal = new JdbcTaskJournal(database, queue, clock, wakeRule);
        this.forgetting = new RecurringJob("forget-old-calls", FORGETS_EVERY, () -> {
            journal.forgetOlderThan(retention);
            queue.forgetOlderThan(retention);
        });
    }

    /**
     * Opens the store.
     *
     * @param source the application's data source; whether it commits by itself does not matter
     * @param createTables whether to create the tables that are not there; nothing is ever dropped
     * @param retention how long a task is remembered after the last thing that was told of it
     * @param clock by which time is told
     * @param threads work on due tasks
     * @param tasksAtOnce how many tasks this node works on at once
     * @param wakeRule says which events make a task due
     * @throws JournalException if the database cannot be used, or has no tables of hangupby
     */
    public static JdbcStore open(
            DataSource source,
            boolean createTables,
            Duration retention,
            Clock clock,
            ScheduledExecutorService threads,
            int tasksAtOnce,
            SchedulingPolicy wakeRule) {
        TransactionManager database = new TransactionManager(source);
        Schema schema = database.inTransaction(JdbcStore::schema);
        if (createTables) {
            createTables(database, schema);
        }
        database.inTransaction(schema::require);
        SchedulerSetup setup = new SchedulerSetup(database, schema, clock, threads, tasksAtOnce);
        return new JdbcStore(database, setup, clock, retention, wakeRule);
    }

    /** What is there is not touched: to say "if not exists" waits for whoever writes into the table, as long as that takes. */
    private static void createTables(TransactionManager database, Schema schema) {
        List<String> missing = database.inTransaction(schema::missing);
        if (!missing.isEmpty()) {
            database.inLongTransaction(connection -> schema.create(connection, missing));
        }
    }

    private static Schema schema(Connection connection) throws SQLException {
        return Schema.of(connection.getMetaData().getDatabaseProductName());
    }

    /** Returns the journal. */
    public TaskJournal journal() {
        return journal;
    }

    /** Returns the queue. */
    public WorkQueue queue() {
        return queue;
    }

    /** Returns what is to be done now and again by one of the nodes. */
    public List<RecurringJob> chores() {
        return List.of(forgetting);
    }
}
