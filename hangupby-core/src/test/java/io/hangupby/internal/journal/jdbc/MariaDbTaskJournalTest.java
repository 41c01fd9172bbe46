package io.hangupby.internal.journal.jdbc;

class MariaDbTaskJournalTest extends JdbcJournalKit {
    MariaDbTaskJournalTest() {
        super(TestDatabases.mariaDb());
    }
}
