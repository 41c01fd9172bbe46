package io.hangupby.example.contactcenter.report;

import io.hangupby.HangUpBy;
import io.hangupby.example.contactcenter.report.CallBatch.Journal;
import io.hangupby.journal.JournalException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;

/**
 * Fills the report with what the database kept over a restart, and then with what other nodes on the database decide. Reads on a thread
 * of its own.
 */
@Component
@ConditionalOnProperty(name = "hangupby.store", havingValue = "jdbc")
final class StoredCalls implements ApplicationListener<ApplicationReadyEvent>, AutoCloseable {
    private static final int LATEST_TASKS = 500;
    private static final long INTERVAL_SECONDS = 10;

    private final HangUpBy hangUpBy;
    private final RecentCalls calls;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread daemon = new Thread(work, "report-journal");
        daemon.setDaemon(true);
        return daemon;
    });
    private int tasks = RecentCalls.CAPACITY;

    StoredCalls(HangUpBy hangUpBy, RecentCalls calls) {
        this.hangUpBy = hangUpBy;
        this.calls = calls;
        calls.journal(Journal.READING);
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        var unused = thread.scheduleWithFixedDelay(this::read, 0, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    private void read() {
        try {
            calls.readJournal(each -> hangUpBy.latestOutcomes(tasks, each));
            tasks = LATEST_TASKS;
            calls.journal(Journal.READ);
        } catch (JournalException down) {
            calls.journal(Journal.FAILED);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
