package io.hangupby;

import io.hangupby.internal.journal.InMemoryTaskJournal;
import io.hangupby.internal.journal.InMemoryWorkQueue;
import io.hangupby.internal.journal.JournalState;
import io.hangupby.internal.journal.RecurringJob;
import io.hangupby.internal.journal.SchedulingPolicy;
import io.hangupby.internal.journal.TaskJournal;
import io.hangupby.internal.journal.WorkQueue;
import io.hangupby.internal.journal.jdbc.JdbcStore;
import io.hangupby.internal.twilio.TwilioClock;
import io.hangupby.journal.JournalException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The journal and the queue that belong together, their recurring jobs and state, and how many nodes share them.
 */
record Store(
        TaskJournal journal,
        WorkQueue queue,
        List<RecurringJob> recurringJobs,
        Supplier<JournalState> state,
        IntSupplier liveNodes) {

    static Store open(HangUpBySettings settings, ScheduledExecutorService threads, SchedulingPolicy schedulingPolicy) {
        return settings.jdbc()
                .map(jdbc -> inDatabase(jdbc, settings, threads, schedulingPolicy))
                .orElseGet(() -> inMemory(settings, threads, schedulingPolicy));
    }

    private static Store inMemory(
            HangUpBySettings settings, ScheduledExecutorService threads, SchedulingPolicy schedulingPolicy) {
        WorkQueue queue = new InMemoryWorkQueue(threads, settings.clock());
        TaskJournal journal = new InMemoryTaskJournal(
                queue,
                TwilioClock.of(settings.clock()).steady(),
                InMemoryTaskJournal.defaultCapacity(),
                schedulingPolicy);
        return new Store(
                journal,
                queue,
                List.of(),
                () -> new JournalState("In the memory of this process, which suits a single node", Set.of()),
                () -> 1);
    }

    private static Store inDatabase(
            JdbcSettings jdbc,
            HangUpBySettings settings,
            ScheduledExecutorService threads,
            SchedulingPolicy schedulingPolicy) {
        try {
            JdbcStore store = JdbcStore.open(
                    jdbc.source(),
                    jdbc.schema(),
                    jdbc.createTables(),
                    jdbc.retention(),
                    settings.clock(),
                    threads,
                    settings.tasksAtOnce(),
                    schedulingPolicy);
            return new Store(store.journal(), store.queue(), store.recurringJobs(), store::state, store::liveNodes);
        } catch (JournalException unusable) {
            throw new HangUpByConfigurationException(
                    "hangupby.store",
                    "is jdbc, or a data source was given, but it cannot be used",
                    String.valueOf(unusable.getMessage()));
        } catch (NoSuchMethodError | AbstractMethodError otherVersion) {
            throw new HangUpByConfigurationException(
                    "hangupby.store",
                    "is jdbc, or a data source was given, but db-scheduler has another version than hangupby needs",
                    "set com.github.kagkarlsson:db-scheduler to " + JdbcStore.SCHEDULER_RANGE);
        } catch (NoClassDefFoundError missing) {
            throw missing(String.valueOf(missing.getMessage()));
        }
    }

    /** Names the class, because a library can also be there in a version without it. */
    private static HangUpByConfigurationException missing(String type) {
        return new HangUpByConfigurationException(
                "hangupby.store",
                "is jdbc, or a data source was given, but a library that this needs is missing (class "
                        + type.replace('/', '.') + ")",
                type.startsWith("com/github/kagkarlsson/")
                        ? "add com.github.kagkarlsson:db-scheduler to the application's dependencies"
                        : "add the library of this class, in the version that hangupby-core depends on");
    }
}
