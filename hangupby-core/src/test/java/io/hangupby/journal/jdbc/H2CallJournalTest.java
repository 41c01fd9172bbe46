package io.hangupby.journal.jdbc;

class H2CallJournalTest extends JdbcJournalKit {
    H2CallJournalTest() {
        super(TestDatabases.h2());
    }
}
