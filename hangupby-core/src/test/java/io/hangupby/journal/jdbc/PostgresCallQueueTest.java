package io.hangupby.journal.jdbc;

class PostgresCallQueueTest extends JdbcQueueKit {
    PostgresCallQueueTest() {
        super(TestDatabases.postgres());
    }
}
