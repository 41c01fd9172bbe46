package io.hangupby.internal.processing;

import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;
import io.hangupby.decision.AuditResult;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.Decider;
import io.hangupby.decision.Evaluation;
import io.hangupby.decision.Explanation;
import io.hangupby.decision.Fact;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.SegmentExplanation;
import io.hangupby.decision.Verdict;
import io.hangupby.decision.WriteResult;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.event.TaskTimeline;
import io.hangupby.internal.journal.TaskJournal;
import io.hangupby.internal.journal.TaskRecord;
import io.hangupby.internal.twilio.TwilioGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Explains the verdict on each segment of a task: by the evidence on which it was made or, if that is not remembered, by what
 * Twilio has now. Writes nothing and remembers nothing. Thread-safe.
 */
public final class SegmentExplainer {
    private static final WriteResult NOTHING_DONE = new WriteResult(WriteResult.Status.DRY_RUN, "not written");

    private static final String GONE =
            "Twilio no longer has this task, which it keeps for minutes after its end, and how "
                    + "the call ended is not remembered.";
    private static final String ONE_IS_GONE = "Another segment of this call is over too. How it ended is not "
            + "remembered, and Twilio no longer has this task.";
    private static final String NOBODY =
            "This call is over, and TaskRouter's events of the last 24 hours, which is all that "
                    + "can be read, have no segment of it.";
    private static final String NOT_YET = "No segment of this call is over yet.";
    private static final String GOES_ON = "The call goes on: another agent has it, or is to get it.";

    private final TaskJournal journal;
    private final TwilioGateway twilio;
    private final Decider decider;
    private final EvidenceCollector collector;

    /**
     * @param journal remembers tasks
     * @param twilio is read
     * @param decider makes the verdicts
     * @param settings the settings of this installation
     * @param sleeper waits before a question is asked again
     */
    public SegmentExplainer(
            TaskJournal journal, TwilioGateway twilio, Decider decider, EngineSettings settings, Sleeper sleeper) {
        this.journal = journal;
        this.twilio = twilio;
        this.decider = decider;
        this.collector = new EvidenceCollector(twilio, new SegmentEvaluator(twilio, decider, sleeper), settings);
    }

    /**
     * Explains the segments of a task.
     *
     * @throws io.hangupby.twilio.TwilioFailure if Twilio has to be asked and fails
     */
    public Explanation explain(TaskRef task) {
        TaskRecord remembered = journal.read(task);
        TaskRecord record = saysItAll(remembered) ? remembered : withRecordedEvents(remembered);
        List<Segment> segments = inOrder(record.timeline());
        List<SegmentExplanation> explained = new ArrayList<>();
        for (Segment segment : segments) {
            Optional<Outcome> known = record.outcome(segment.reservation());
            if (known.isPresent()) {
                explained.add(explained(known.get(), known.map(Outcome::write)));
            } else {
                Optional<Outcome> seen = decide(record, segment);
                seen.map(outcome -> explained(outcome, Optional.empty())).ifPresent(explained::add);
                // An earlier agent's verdict can use up the marker, as it would have then.
                record = seen.map(record::with).orElse(record);
            }
        }
        boolean gone = explained.size() < segments.size();
        return new Explanation(task, explained, note(record.timeline(), explained.isEmpty(), gone));
    }

    private SegmentExplanation explained(Outcome outcome, Optional<WriteResult> written) {
        Optional<CallEvidence> evidence = outcome.evidence();
        List<Fact> seen = evidence.map(CallEvidence::facts).orElse(List.of());
        return new SegmentExplanation(
                outcome.segment(),
                Stream.of(
                                outcome.verdict().facts().stream(),
                                seen.stream(),
                                outcome.detail().facts().stream(),
                                outcome.audit().map(AuditResult::fact).stream())
                        .flatMap(facts -> facts)
                        .distinct()
                        .toList(),
                evidence.map(decider::evaluate).map(Evaluation::trace).orElse(List.of()),
                outcome.verdict(),
                written);
    }

    private static boolean saysItAll(TaskRecord record) {
        List<Segment> segments = record.timeline().segments();
        return !segments.isEmpty()
                && segments.stream()
                        .allMatch(
                                segment -> record.outcome(segment.reservation()).isPresent())
                && !record.timeline().livesOn();
    }

    /** Returns the record with TaskRouter's own events, for this explanation only. */
    private TaskRecord withRecordedEvents(TaskRecord remembered) {
        TaskRecord record = remembered;
        for (TaskRouterEvent event : twilio.events(remembered.timeline().task()).events()) {
            record = record.with(event);
        }
        return record;
    }

    private static List<Segment> inOrder(TaskTimeline timeline) {
        return timeline.segments().stream()
                .sorted(Comparator.comparing(Segment::left))
                .toList();
    }

    /** Returns the verdict on a segment now; nothing if Twilio no longer has the task. */
    private Optional<Outcome> decide(TaskRecord record, Segment segment) {
        if (collector.collect(record, segment, Duration.ZERO, true) instanceof CollectedEvidence.Complete complete) {
            Judgement judgement = complete.judgement();
            boolean isUnreadable = complete.task().attributes().problem().isPresent();
            return Optional.of(
                    isUnreadable
                            ? new Outcome(segment, Verdict.attributesUnreadable(), NOTHING_DONE)
                            : new Outcome(
                                    segment, judgement.verdict(), NOTHING_DONE, Optional.of(judgement.evidence())));
        }
        return Optional.empty();
    }

    private Optional<String> note(TaskTimeline timeline, boolean nothingExplained, boolean gone) {
        if (gone) {
            return Optional.of(nothingExplained ? GONE : ONE_IS_GONE);
        }
        if (timeline.livesOn()) {
            return Optional.of(nothingExplained ? NOT_YET : GOES_ON);
        }
        return nothingExplained ? Optional.of(whyNothing(timeline)) : Optional.empty();
    }

    private String whyNothing(TaskTimeline timeline) {
        if (timeline.finished() || timeline.missesItsReservation()) {
            return NOBODY;
        }
        return twilio.task(timeline.task())
                .map(task -> task.over() ? NOBODY : NOT_YET)
                .orElse(GONE);
    }
}
