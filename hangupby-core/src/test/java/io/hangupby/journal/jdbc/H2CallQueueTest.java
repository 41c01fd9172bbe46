package io.hangupby.journal.jdbc;

class H2CallQueueTest extends JdbcQueueKit {
    H2CallQueueTest() {
        super(TestDatabases.h2());
    }
}
