package io.hangupby.internal.journal.jdbc;

class PostgresWorkQueueTest extends JdbcQueueKit {
    PostgresWorkQueueTest() {
        super(TestDatabases.postgres());
    }
}
