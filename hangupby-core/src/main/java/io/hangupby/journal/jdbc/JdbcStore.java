package io.hangupby.journal.jdbc;

import io.hangupby.journal.CallJournal;
import io.hangupby.journal.CallQueue;
import io.hangupby.journal.Chore;
import io.hangupby.journal.JournalException;
import io.hangupby.journal.WakeRule;
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

    private final JdbcCallJournal journal;
    private final JdbcCallQueue queue;
    private final Chore forgetting;

    private JdbcStore(Database database, SchedulerSetup setup, Clock clock, Duration keepFor, WakeRule wakeRule) {
        this.queue = new JdbcCallQueue(database, setup, clock);
        this.journal = new JdbcCallJournal(database, queue, clock, wakeRule);
        this.forgetting = new Chore("forget-old-calls", FORGETS_EVERY, () -> {
            journal.forgetOlderThan(keepFor);
            queue.forgetOlderThan(keepFor);
        });
    }

    /**
     * Opens the store.
     *
     * @param source the application's data source; whether it commits by itself does not matter
     * @param createTables whether to create the tables that are not there; nothing is ever dropped
     * @param keepFor how long a task is remembered after the last thing that was told of it
     * @param clock by which time is told
     * @param threads work on due tasks
     * @param tasksAtOnce how many tasks this node works on at once
     * @param wakeRule says which events make a task due
     * @throws JournalException if the database cannot be used, or has no tables of hangupby
     */
    public static JdbcStore open(
            DataSource source,
            boolean createTables,
            Duration keepFor,
            Clock clock,
            ScheduledExecutorService threads,
            int tasksAtOnce,
            WakeRule wakeRule) {
        Database database = new Database(source);
        Schema schema = database.inTransaction(JdbcStore::schema);
        if (createTables) {
            createTables(database, schema);
        }
        database.inTransaction(schema::require);
        SchedulerSetup setup = new SchedulerSetup(database, schema, clock, threads, tasksAtOnce);
        return new JdbcStore(database, setup, clock, keepFor, wakeRule);
    }

    /** What is there is not touched: to say "if not exists" waits for whoever writes into the table, as long as that takes. */
    private static void createTables(Database database, Schema schema) {
        List<String> missing = database.inTransaction(schema::missing);
        if (!missing.isEmpty()) {
            database.inLongTransaction(connection -> schema.create(connection, missing));
        }
    }

    private static Schema schema(Connection connection) throws SQLException {
        return Schema.of(connection.getMetaData().getDatabaseProductName());
    }

    /** Returns the journal. */
    public CallJournal journal() {
        return journal;
    }

    /** Returns the queue. */
    public CallQueue queue() {
        return queue;
    }

    /** Returns what is to be done now and again by one of the nodes. */
    public List<Chore> chores() {
        return List.of(forgetting);
    }
}
