package io.hangupby.internal.journal.jdbc;

import static io.hangupby.internal.event.EventType.RESERVATION_ACCEPTED;
import static io.hangupby.internal.event.EventType.RESERVATION_WRAPUP;
import static io.hangupby.internal.event.EventType.TASK_CREATED;
import static io.hangupby.internal.event.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.CallSid;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;
import io.hangupby.decision.EndedBy;
import io.hangupby.internal.event.ConferenceEvent.LegSeen;
import io.hangupby.internal.event.ConferenceEvent.Origin;
import io.hangupby.internal.event.Events;
import io.hangupby.internal.event.TaskTimeline;
import io.hangupby.internal.journal.RecordingQueue;
import io.hangupby.internal.journal.SchedulingPolicy;
import io.hangupby.internal.journal.TaskJournal;
import io.hangupby.internal.journal.TaskJournalKit;
import io.hangupby.internal.journal.WorkQueue;
import io.hangupby.journal.ParkedTask;
import io.hangupby.testing.HandClock;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every journal keeps to, kept by the one in a database. */
abstract class JdbcJournalKit extends TaskJournalKit {
    private static final ConferenceSid ROOM = new ConferenceSid("CF" + "0".repeat(32));

    private final DataSource source;
    private final TransactionManager database;

    JdbcJournalKit(DataSource source) {
        this.source = source;
        this.database = new TransactionManager(source);
    }

    @Override
    protected TaskJournal journal(WorkQueue queue, SchedulingPolicy schedulingPolicy) {
        return new JdbcTaskJournal(
                database, TestDatabases.tables(database), queue, Clock.systemUTC(), schedulingPolicy);
    }

    private int rows() {
        return database.inTransaction(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery("select count(*) from hangupby_event")) {
                found.next();
                return found.getInt(1);
            }
        });
    }

    @Test
    void a_leg_that_is_muted_without_end_leaves_few_rows() {
        CallSid leg = new CallSid("CA" + "1".repeat(32));
        TaskJournal journal = journal(new RecordingQueue(), new SchedulingPolicy(false));
        for (int i = 0; i < 600; i++) {
            journal.append(new LegSeen(
                    new Origin(Events.TASK, ROOM, i, Events.START, Optional.empty()),
                    leg,
                    i % 2 == 0,
                    i == 0,
                    false,
                    false));
        }

        assertThat(rows()).isLessThan(2 * TaskTimeline.MOST_EVENTS);
        assertThat(journal.read(Events.TASK).timeline().conferenceEvents()).hasSize(TaskTimeline.MOST_EVENTS);
    }

    @Test
    void the_outcomes_of_many_tasks_come_once_each_and_the_latest_change_first() {
        HandClock clock = new HandClock(Events.START);
        TaskJournal journal = new JdbcTaskJournal(
                database, TestDatabases.tables(database), new RecordingQueue(), clock, new SchedulingPolicy(false));
        List<TaskRef> tasks = IntStream.range(0, 450).mapToObj(Events::task).toList();
        for (TaskRef task : tasks) {
            // Three hundred tasks change in one moment, more than are read at once.
            clock.step(
                    task.task().value().compareTo(Events.task(300).task().value()) < 0
                            ? Duration.ZERO
                            : Duration.ofMillis(1));
            journal.append(event(task, RESERVATION_ACCEPTED, Events.A, 1));
            journal.append(event(task, RESERVATION_WRAPUP, Events.A, 2));
            Segment segment = journal.read(task).undecided().get(0);
            journal.record(outcome(segment, EndedBy.CUSTOMER));
        }

        List<TaskRef> latest = new ArrayList<>();
        journal.latestOutcomes(440, outcome -> latest.add(outcome.segment().task()));

        assertThat(latest).hasSize(440).doesNotHaveDuplicates().allMatch(tasks::contains);
        assertThat(latest.subList(0, 150))
                .isEqualTo(IntStream.range(0, 150)
                        .mapToObj(i -> Events.task(449 - i))
                        .toList());
    }

    /** What somebody wrote who is not us, or another version of us. */
    @Nested
    class RowsThatAreNotUnderstood {
        private final HandClock clock = new HandClock(Events.START);
        private final JdbcTaskJournal journal = new JdbcTaskJournal(
                database, TestDatabases.tables(database), new RecordingQueue(), clock, new SchedulingPolicy(false));

        private void malformed(String task) {
            TestDatabases.run(
                    source,
                    "insert into hangupby_task (task, workspace, account, revision, changed_at, outcomes, field_owner, preset,"
                            + " parked_at) values ('" + task
                            + "', 'nowhere', 'nobody', 0, timestamp '2026-09-01 00:00:00',"
                            + " 'no JSON', 'nothing', false, timestamp '2026-09-01 00:00:00')");
        }

        @Test
        void do_not_keep_old_calls_from_being_deleted_and_are_deleted_with_them() {
            malformed("first");
            journal.append(event(TASK_CREATED, 0));
            malformed("last");
            clock.step(Duration.ofDays(7).plusMillis(1));

            journal.forgetOlderThan(Duration.ofDays(7));

            assertThat(journal.read(Events.TASK).timeline().events()).isEmpty();
            int left = database.inTransaction(connection -> {
                try (Statement statement = connection.createStatement();
                        ResultSet found = statement.executeQuery("select count(*) from hangupby_task")) {
                    found.next();
                    return found.getInt(1);
                }
            });
            assertThat(left).isZero();
        }

        @Test
        void are_skipped_in_lists() {
            malformed("first");
            journal.append(event(TASK_CREATED, 0));

            List<ParkedTask> parked = database.inTransaction(
                    connection -> new TaskTable(TestDatabases.tables(database)).parked(connection, 10));
            assertThat(parked).isEmpty();
            assertThat(journal.workspaces(Events.TASK.account())).containsExactly(Events.TASK.workspace());
        }

        @Test
        void cost_a_call_nothing_but_what_they_hold() {
            journal.append(event(TASK_CREATED, 0));
            TestDatabases.run(source, "update hangupby_task set field_owner = 'nothing', outcomes = 'no JSON'");

            assertThat(journal.read(Events.TASK).timeline().events()).hasSize(1);
            assertThat(journal.read(Events.TASK).fieldOwner()).isEmpty();
        }
    }
}
