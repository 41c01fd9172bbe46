package io.hangupby;

import io.hangupby.journal.CallJournal;
import io.hangupby.journal.CallQueue;
import io.hangupby.journal.Chore;
import io.hangupby.journal.InMemoryCallJournal;
import io.hangupby.journal.InMemoryCallQueue;
import io.hangupby.journal.JournalException;
import io.hangupby.journal.WakeRule;
import io.hangupby.journal.jdbc.JdbcStore;
import io.hangupby.twilio.TwilioClock;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/** The journal and the queue that belong together, and what is to be done now and again for them. */
record Store(CallJournal journal, CallQueue queue, List<Chore> chores) {

    static Store open(HangUpBySettings settings, ScheduledExecutorService threads, WakeRule wakeRule) {
        return settings.database()
                .map(database -> inDatabase(database, settings, threads, wakeRule))
                .orElseGet(() -> inMemory(settings, threads, wakeRule));
    }

    private static Store inMemory(HangUpBySettings settings, ScheduledExecutorService threads, WakeRule wakeRule) {
        CallQueue queue = new InMemoryCallQueue(threads, settings.clock());
        CallJournal journal = new InMemoryCallJournal(
                queue, TwilioClock.of(settings.clock()).steady(), InMemoryCallJournal.defaultCapacity(), wakeRule);
        return new Store(journal, queue, List.of());
    }

    private static Store inDatabase(
            DatabaseSettings database, HangUpBySettings settings, ScheduledExecutorService threads, WakeRule wakeRule) {
        try {
            JdbcStore store = JdbcStore.open(
                    database.source(),
                    database.createTables(),
                    database.keepFor(),
                    settings.clock(),
                    threads,
                    settings.tasksAtOnce(),
                    wakeRule);
            return new Store(store.journal(), store.queue(), store.chores());
        } catch (JournalException unusable) {
            throw new HangUpByConfigurationException(
                    "hangupby.store",
                    "is jdbc, or a data source was given, but it cannot be used",
                    String.valueOf(unusable.getMessage()));
        } catch (NoClassDefFoundError missing) {
            throw new HangUpByConfigurationException(
                    "hangupby.store",
                    "is jdbc, or a data source was given, but a library that this needs is missing",
                    "add com.github.kagkarlsson:db-scheduler to the application's dependencies");
        }
    }
}
