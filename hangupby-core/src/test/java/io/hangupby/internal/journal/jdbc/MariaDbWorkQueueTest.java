package io.hangupby.internal.journal.jdbc;

class MariaDbWorkQueueTest extends JdbcQueueKit {
    MariaDbWorkQueueTest() {
        super(TestDatabases.mariaDb());
    }
}
