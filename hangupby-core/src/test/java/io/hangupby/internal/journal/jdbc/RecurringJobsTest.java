package io.hangupby.internal.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.hangupby.internal.journal.RecurringJob;
import io.hangupby.internal.journal.SchedulingPolicy;
import io.hangupby.internal.journal.WorkQueue;
import io.hangupby.internal.journal.WorkResult;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RecurringJobsTest {
    private final DataSource source = TestDatabases.h2();
    private final TransactionManager database = new TransactionManager(source);
    private final Tables tables = TestDatabases.tables(database);
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);
    private final List<WorkQueue> running = new ArrayList<>();

    @AfterEach
    void stop() {
        running.forEach(node -> node.stop(Duration.ZERO));
        threads.shutdownNow();
    }

    @Test
    void a_job_that_no_node_has_any_more_is_deleted_when_a_node_starts_alone() {
        WorkQueue first = start("recover-old");
        WorkQueue second = start("recover-new");
        assertThat(queued()).containsExactly("recover-new", "recover-old");

        running.remove(first);
        first.stop(Duration.ZERO);
        running.remove(second);
        second.stop(Duration.ZERO);
        start("recover-new");

        assertThat(queued()).containsExactly("recover-new");
    }

    @Test
    void a_job_that_a_node_has_just_made_due_is_not_deleted() {
        RecurringJobs theirs = jobs("recover-theirs");
        theirs.runNow(scheduler(theirs));
        RecurringJobs ours = jobs("recover-ours");
        Map<String, Long> foreign = ours.foreign();

        theirs.runNow(scheduler(theirs));
        ours.deleteAbandoned(foreign, nodes());

        assertThat(queued()).containsExactly("recover-theirs");
        ours.deleteAbandoned(ours.foreign(), nodes());
        assertThat(queued()).isEmpty();
    }

    @Test
    void a_job_whose_row_another_node_has_just_deleted_is_queued_again() {
        RecurringJobs jobs = jobs("recover-again");

        jobs.runNow(scheduler(jobs));

        assertThat(queued()).containsExactly("recover-again");
    }

    private WorkQueue start(String name) {
        WorkQueue node = JdbcStore.open(
                        source,
                        Optional.empty(),
                        false,
                        Duration.ofDays(7),
                        Clock.systemUTC(),
                        threads,
                        4,
                        new SchedulingPolicy(false))
                .queue();
        running.add(node);
        node.start((task, turn) -> new WorkResult.Complete(), List.of(job(name)));
        return node;
    }

    private RecurringJobs jobs(String name) {
        return new RecurringJobs(database, tables, Clock.systemUTC(), List.of(job(name)));
    }

    private static RecurringJob job(String name) {
        return new RecurringJob(name, Duration.ofHours(1), () -> {});
    }

    /** Returns a scheduler that is never started. */
    private Scheduler scheduler(RecurringJobs jobs) {
        return new SchedulerSetup(database, tables, Clock.systemUTC(), threads, 4)
                .scheduler(Tasks.custom("call", Integer.class).execute(RecurringJobsTest::never), jobs.tasks());
    }

    private static CompletionHandler<Integer> never(TaskInstance<Integer> task, ExecutionContext context) {
        throw new IllegalStateException("a scheduler that is not started runs nothing");
    }

    private LiveNodes nodes() {
        return new LiveNodes(database, tables, Clock.systemUTC());
    }

    private List<String> queued() {
        return database.inTransaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                            "select task_name from hangupby_queue where task_instance = 'recurring' order by 1");
                    ResultSet found = select.executeQuery()) {
                List<String> names = new ArrayList<>();
                while (found.next()) {
                    names.add(found.getString(1));
                }
                return names;
            }
        });
    }
}
