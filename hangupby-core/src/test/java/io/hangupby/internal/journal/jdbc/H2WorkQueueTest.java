package io.hangupby.internal.journal.jdbc;

class H2WorkQueueTest extends JdbcQueueKit {
    H2WorkQueueTest() {
        super(TestDatabases.h2());
    }
}
