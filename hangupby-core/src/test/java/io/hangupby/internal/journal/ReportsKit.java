package io.hangupby.internal.journal;

import static io.hangupby.internal.event.EventType.RESERVATION_ACCEPTED;
import static io.hangupby.internal.event.EventType.RESERVATION_WRAPUP;
import static io.hangupby.internal.event.EventType.TASK_CREATED;
import static io.hangupby.internal.event.Events.A;
import static io.hangupby.internal.event.Events.TASK;
import static io.hangupby.internal.event.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.AccountSid;
import io.hangupby.call.Segment;
import io.hangupby.decision.AuditResult;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.CallEvidenceBuilder;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Outcome;
import io.hangupby.internal.event.Events;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.event.VoiceReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How every journal finds the tasks that reports of Voice Insights are about. */
abstract class ReportsKit {
    private final RecordingQueue queue = new RecordingQueue();
    private TaskJournal journal;

    /** Makes a journal that remembers nothing yet, with room for these tests' few calls. */
    protected abstract TaskJournal journal(WorkQueue queue, SchedulingPolicy schedulingPolicy);

    @BeforeEach
    void make_the_journal_of_reports() {
        journal = journal(queue, new SchedulingPolicy(false));
    }

    private void append(TaskRouterEvent... events) {
        for (TaskRouterEvent event : events) {
            journal.append(event);
        }
    }

    @Test
    void a_leg_of_a_verdict_is_found_until_its_task_is_forgotten() {
        append(event(RESERVATION_ACCEPTED, A, 1), event(RESERVATION_WRAPUP, A, 2));
        String leg = CallEvidenceBuilder.CUSTOMER.value();
        assertThat(journal.tasksOf(TASK.account(), leg)).isEmpty();

        Outcome outcome = TaskJournalKit.outcome(journal.read(TASK).undecided().get(0), EndedBy.CUSTOMER);
        CallEvidence evidence = CallEvidence.builder().build();
        journal.record(new Outcome(outcome.segment(), outcome.verdict(), outcome.write(), Optional.of(evidence)));
        journal.record(outcome.with(outcome.write()));

        assertThat(journal.tasksOf(TASK.account(), leg)).containsExactly(TASK);
        assertThat(journal.tasksOf(new AccountSid("AC" + "f".repeat(32)), leg)).isEmpty();
        journal.forget(TASK);
        assertThat(journal.tasksOf(TASK.account(), leg)).isEmpty();
    }

    @Test
    void the_outcomes_of_the_latest_tasks_are_there() {
        append(event(RESERVATION_ACCEPTED, A, 1), event(RESERVATION_WRAPUP, A, 2));
        append(event(Events.task(1), TASK_CREATED, 1));
        Outcome outcome = TaskJournalKit.outcome(journal.read(TASK).undecided().get(0), EndedBy.CUSTOMER);
        journal.record(outcome);

        assertThat(latestOutcomes(10)).containsExactly(outcome);
        assertThat(latestOutcomes(0)).isEmpty();
    }

    private List<Outcome> latestOutcomes(int tasks) {
        List<Outcome> latest = new ArrayList<>();
        journal.latestOutcomes(tasks, latest::add);
        return latest;
    }

    @Test
    void a_report_makes_a_decided_task_due_and_is_kept_once() {
        append(event(RESERVATION_ACCEPTED, A, 1), event(RESERVATION_WRAPUP, A, 2));
        Segment segment = journal.read(TASK).undecided().get(0);
        Outcome outcome = TaskJournalKit.outcome(segment, EndedBy.CUSTOMER);
        CallEvidence evidence = CallEvidence.builder().segment(segment).build();
        journal.record(new Outcome(segment, outcome.verdict(), outcome.write(), Optional.of(evidence)));
        VoiceReport report = new VoiceReport.LegSummary(
                TASK,
                CallEvidenceBuilder.CUSTOMER,
                segment.left().plusSeconds(1800),
                VoiceReport.Stage.COMPLETE,
                VoiceReport.EndedFrom.CALLER,
                Optional.of(true),
                Optional.of(segment.left()),
                Optional.empty());
        queue.taken();

        journal.append(report);
        assertThat(queue.taken()).containsExactly(TASK);
        journal.record(journal.read(TASK).unaudited().get(0));
        journal.append(report);

        assertThat(queue.taken()).isEmpty();
        assertThat(journal.read(TASK).timeline().reports()).containsExactly(report);
        assertThat(journal.read(TASK).outcomes().get(0).audit())
                .map(AuditResult::status)
                .contains(AuditResult.Status.AGREES);
    }
}
