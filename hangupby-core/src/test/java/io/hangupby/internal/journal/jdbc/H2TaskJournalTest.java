package io.hangupby.internal.journal.jdbc;

class H2TaskJournalTest extends JdbcJournalKit {
    H2TaskJournalTest() {
        super(TestDatabases.h2());
    }
}
