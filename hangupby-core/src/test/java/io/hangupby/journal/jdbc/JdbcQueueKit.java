package io.hangupby.journal.jdbc;

import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper.ManualSchedulerBuilder;
import io.hangupby.journal.CallQueue;
import io.hangupby.journal.CallQueueKit;
import io.hangupby.testing.HandClock;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/** What every queue keeps to, kept by the one in a database, whose scheduler is stepped by hand here. */
abstract class JdbcQueueKit extends CallQueueKit {
    private final HandClock clock = new HandClock(Instant.parse("2026-09-21T14:00:00Z"));
    private final SettableClock schedulerClock = new SettableClock();
    private final Database database;
    private final JdbcCallQueue queue;
    private Optional<ManualScheduler> scheduler = Optional.empty();

    JdbcQueueKit(DataSource source) {
        database = new Database(source);
        queue = new JdbcCallQueue(database, new SteppedSetup(), clock);
    }

    @Override
    protected CallQueue queue() {
        return queue;
    }

    @Override
    protected void goOn(Duration time) {
        Instant until = now().plus(time);
        workOnWhatIsDue();
        for (Optional<Instant> next = nextBy(until); next.isPresent(); next = nextBy(until)) {
            clock.step(Duration.between(now(), next.get()));
            workOnWhatIsDue();
        }
        clock.step(Duration.between(now(), until));
    }

    private void workOnWhatIsDue() {
        schedulerClock.set(now());
        scheduler.orElseThrow().runAnyDueExecutions();
    }

    private Optional<Instant> nextBy(Instant until) {
        return database.inTransaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select execution_time from hangupby_queue"
                    + " where task_name = 'call' and not picked and execution_time <= ? order by 1")) {
                select.setObject(1, until.atOffset(ZoneOffset.UTC));
                try (ResultSet found = select.executeQuery()) {
                    return found.next()
                            ? Optional.of(
                                    found.getObject(1, OffsetDateTime.class).toInstant())
                            : Optional.empty();
                }
            }
        });
    }

    @Override
    protected Clock clock() {
        return clock;
    }

    private final class SteppedSetup extends SchedulerSetup {
        SteppedSetup() {
            super(database, Schema.H2, clock, Executors.newSingleThreadScheduledExecutor(), 10);
        }

        @Override
        SchedulerBuilder builder(Database source, List<Task<?>> tasks) {
            return new ManualSchedulerBuilder(source, tasks) {
                @Override
                public ManualScheduler build() {
                    ManualScheduler built = super.build();
                    scheduler = Optional.of(built);
                    return built;
                }
            }.clock(schedulerClock);
        }

        @Override
        void in(Duration wait, Runnable what) {}
    }
}
