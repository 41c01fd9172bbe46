package io.hangupby.journal.jdbc;

import io.hangupby.journal.CallJournal;
import io.hangupby.journal.CallJournalKit;
import io.hangupby.journal.CallQueue;
import io.hangupby.journal.WakeRule;
import java.time.Clock;
import javax.sql.DataSource;

/** What every journal keeps to, kept by the one in a database. */
abstract class JdbcJournalKit extends CallJournalKit {
    private final DataSource source;

    JdbcJournalKit(DataSource source) {
        this.source = source;
    }

    @Override
    protected CallJournal journal(CallQueue queue, WakeRule wakeRule) {
        return new JdbcCallJournal(new Database(source), queue, Clock.systemUTC(), wakeRule);
    }
}
