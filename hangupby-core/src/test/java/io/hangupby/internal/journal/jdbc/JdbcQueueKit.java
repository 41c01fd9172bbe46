package io.hangupby.internal.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper.ManualSchedulerBuilder;
import io.hangupby.internal.event.Events;
import io.hangupby.internal.journal.WorkQueue;
import io.hangupby.internal.journal.WorkQueueKit;
import io.hangupby.testing.CapturedLog;
import io.hangupby.testing.HandClock;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every queue keeps to, kept by the one in a database, whose scheduler is stepped by hand here. */
abstract class JdbcQueueKit extends WorkQueueKit {
    private final HandClock clock = new HandClock(Instant.parse("2026-09-21T14:00:00Z"));
    private final SettableClock schedulerClock = new SettableClock();
    private final TransactionManager database;
    private final JdbcWorkQueue queue;
    private Optional<ManualScheduler> scheduler = Optional.empty();

    JdbcQueueKit(DataSource source) {
        database = new TransactionManager(source);
        queue = new JdbcWorkQueue(database, new SteppedSetup(), clock);
    }

    @AfterEach
    void leave() {
        assertThat(queue.stop(Duration.ZERO)).isEmpty();
    }

    private Product product() {
        return TestDatabases.tables(database).product();
    }

    @Override
    protected WorkQueue queue() {
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
                product().set(select, 1, until);
                try (ResultSet found = select.executeQuery()) {
                    return found.next() ? product().moment(found, 1) : Optional.empty();
                }
            }
        });
    }

    @Override
    protected Clock clock() {
        return clock;
    }

    /** What somebody wrote who is not us, or another version of us. */
    @Nested
    class RowsThatAreNotUnderstood {

        private void row(String kind, String instance, String data) {
            database.inTransaction(connection -> {
                try (PreparedStatement insert = connection.prepareStatement("insert into hangupby_queue"
                        + " (task_name, task_instance, task_data, execution_time, picked, version)"
                        + " values (?, ?, ?, ?, false, 1)")) {
                    insert.setString(1, kind);
                    insert.setString(2, instance);
                    insert.setBytes(3, data.getBytes(StandardCharsets.UTF_8));
                    product().set(insert, 4, now());
                    return insert.executeUpdate();
                }
            });
        }

        private List<String> rows() {
            return database.inTransaction(connection -> {
                List<String> rows = new ArrayList<>();
                try (PreparedStatement select = connection.prepareStatement(
                                "select task_name, task_instance from hangupby_queue where task_name <> 'node' order"
                                        + " by 1, 2");
                        ResultSet found = select.executeQuery()) {
                    while (found.next()) {
                        rows.add(found.getString(1) + " " + found.getString(2));
                    }
                }
                return rows;
            });
        }

        @Test
        void are_skipped_logged_once_and_deleted_after_about_a_week() {
            row("call", "2/another/kind/of/name", "0");
            row("call", InstanceId.of(Events.task(9)), "another kind of number");
            try (CapturedLog log = new CapturedLog()) {
                queue.wake(Events.task(1));
                goOn(Duration.ofHours(1));

                assertThat(log.warnings())
                        .singleElement()
                        .asString()
                        .startsWith("hangupby_queue holds a row that this version of hangupby does not understand");
            }
            assertThat(rows()).containsExactly("call 2/another/kind/of/name", "call " + InstanceId.of(Events.task(9)));

            goOn(Duration.ofDays(6));
            assertThat(rows()).hasSize(2);
            goOn(Duration.ofDays(2));
            assertThat(rows()).isEmpty();
        }

        @Test
        void of_an_unknown_kind_are_deleted_once_nobody_has_taken_them_for_long() {
            row("another-kind", "of row", "");
            goOn(Duration.ofDays(7));
            row("call", InstanceId.of(Events.task(9)), "0");
            clock.step(Duration.ofMillis(1));

            queue.forgetOlderThan(Duration.ofDays(7));

            assertThat(rows()).containsExactly("call " + InstanceId.of(Events.task(9)));
        }
    }

    private final class SteppedSetup extends SchedulerSetup {
        SteppedSetup() {
            super(database, TestDatabases.tables(database), clock, Executors.newSingleThreadScheduledExecutor(), 10);
        }

        @Override
        SchedulerBuilder builder(DataSource source, List<Task<?>> tasks) {
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
