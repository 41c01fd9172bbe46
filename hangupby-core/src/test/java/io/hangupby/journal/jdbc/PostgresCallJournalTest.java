package io.hangupby.journal.jdbc;

class PostgresCallJournalTest extends JdbcJournalKit {
    PostgresCallJournalTest() {
        super(TestDatabases.postgres());
    }
}
