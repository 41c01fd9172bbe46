package io.hangupby.internal.processing;

import static io.hangupby.internal.processing.LogFields.about;

import io.hangupby.call.Marker;
import io.hangupby.call.Segment;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.Decider;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Verdict;
import io.hangupby.decision.WriteResult;
import io.hangupby.internal.event.TaskTimeline;
import io.hangupby.internal.journal.TaskRecord;
import io.hangupby.internal.twilio.TaskSnapshot;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way from a segment that is over to its value: collect the evidence, evaluate the rules, plan the fields, and write
 * them if the task is still that version; otherwise evaluate and plan for the version that there is now.
 */
final class SegmentLoop {
    private static final Logger log = LoggerFactory.getLogger(SegmentLoop.class);

    /**
     * What a click can have ended. Agents leave a consult and a warm transfer by a click, too; Flex takes them out of a cold
     * transfer.
     */
    private static final Set<EndedBy> CLICKS =
            EnumSet.of(EndedBy.AGENT, EndedBy.WARM_TRANSFER, EndedBy.CONSULT, EndedBy.UNKNOWN);

    /** These take a click, and write another value over its mark. */
    private static final Set<EndedBy> REST_ON_A_CLICK =
            EnumSet.of(EndedBy.EXTERNAL_WARM_TRANSFER, EndedBy.EXTERNAL_COLD_TRANSFER);

    private final VersionedGateway twilio;
    private final EngineSettings settings;
    private final EvidenceCollector collector;
    private final SegmentEvaluator evaluator;
    private final SettleSchedule schedule;
    private final OutcomeRecorder recorder;
    private final MissingPluginWarning missingPlugin = new MissingPluginWarning();

    SegmentLoop(
            VersionedGateway twilio,
            Decider decider,
            EngineSettings settings,
            SettleSchedule schedule,
            OutcomeRecorder recorder,
            Sleeper sleeper) {
        this.twilio = twilio;
        this.settings = settings;
        this.evaluator = new SegmentEvaluator(twilio, decider, sleeper);
        this.collector = new EvidenceCollector(twilio, evaluator, settings);
        this.schedule = schedule;
        this.recorder = recorder;
    }

    /**
     * Collects, evaluates, plans and writes for a segment that is over. Returns how long to wait before it is processed again, if
     * it is not settled yet.
     */
    Optional<Duration> process(TaskTurn turn, Segment segment) {
        Duration since = schedule.since(segment.reservation());
        boolean last = SettleSchedule.isLast(since) || segment.completed();
        CollectedEvidence collected = collector.collect(turn.record(), segment, since, last);
        if (collected instanceof CollectedEvidence.TaskGone) {
            recordGone(turn, segment);
            return Optional.empty();
        }
        if (!(collected instanceof CollectedEvidence.Complete complete)) {
            return Optional.of(schedule.again(segment.reservation()));
        }
        Judgement judgement = complete.judgement();
        if (completesHistory(turn, segment, judgement)) {
            return process(turn, segment);
        }
        if (keepsKnown(turn, segment, judgement)) {
            return Optional.empty();
        }
        boolean late = turn.isReadAlready(segment);
        ValueWriter writer = writer(segment, late, complete.task());
        SegmentPlan plan = SegmentPlan.unreadable(settings, segment);
        while (writer.hasVersion()) {
            judgement = evaluator.evaluate(judgement, asOf(writer, judgement, turn.record()));
            plan = SegmentPlan.of(settings, turn.record(), judgement, writer.version(), late);
            keepMarker(turn, judgement, plan, writer.version());
            writer.writeIfUnchanged(plan.attributes(), plan.holdsOfLaterVersions());
        }
        Outcome outcome = plan.outcome(writer.result());
        missingPlugin.heed(segment.task().workspace(), judgement.evidence().marker(), outcome.verdict());
        recorder.decided(turn, outcome);
        return Optional.empty();
    }

    /**
     * What Twilio shows by now can say less than what it showed in time: a verdict does not turn into none, unless reports of Voice
     * Insights contradict it.
     */
    private static boolean keepsKnown(TaskTurn turn, Segment segment, Judgement judgement) {
        Optional<Outcome> known = turn.record()
                .outcome(segment.reservation())
                .filter(outcome -> outcome.segment().left().equals(segment.left()))
                .filter(outcome -> isUnknown(judgement.verdict()) && !isUnknown(outcome.verdict()))
                .filter(outcome -> outcome.evidence()
                        .map(CallEvidence::reportedEnd)
                        .equals(Optional.of(judgement.evidence().reportedEnd())));
        known.ifPresent(outcome -> turn.record(new Outcome(
                segment, outcome.verdict(), outcome.write(), outcome.evidence().map(turn.record()::withAllEvents))));
        return known.isPresent();
    }

    private static boolean isUnknown(Verdict verdict) {
        return verdict.endedBy().equals(Optional.of(EndedBy.UNKNOWN));
    }

    /**
     * Remembers a bare marker before another value is written over it: for this segment, if another agent has the field or the
     * verdict rests on the marker, because the verdict is not recorded yet; for another agent, if this segment's end is no click.
     * An agent who has no verdict yet may have written the same marker, unless the task has not changed since this agent left.
     */
    private void keepMarker(TaskTurn turn, Judgement judgement, SegmentPlan plan, TaskSnapshot version) {
        boolean isBare =
                judgement.evidence().marker().isBare() && settings.markerWords().areIn(version.attributes());
        if (!isBare) {
            return;
        }
        if (plan.waits() || isAnyOf(REST_ON_A_CLICK, judgement.verdict())) {
            turn.append(Marker.BARE, judgement.segment().left());
        } else if (!isAnyOf(CLICKS, judgement.verdict()) && turn.record().isAnotherUndecided(judgement.segment())) {
            turn.append(Marker.BARE, turn.now());
        }
        Segment segment = judgement.segment();
        if (!twilio.isUnchangedSince(segment.task(), version, segment.left())) {
            turn.appendUnclear(segment);
        }
    }

    private static boolean isAnyOf(Set<EndedBy> kinds, Verdict verdict) {
        return verdict.endedBy().stream().anyMatch(kinds::contains);
    }

    private ValueWriter writer(Segment segment, boolean late, TaskSnapshot task) {
        ValueWriter.Target target = new ValueWriter.Target(segment.task(), segment.left(), late);
        return new ValueWriter(twilio, settings.dryRun(), target, Optional.of(task));
    }

    private CallEvidence asOf(ValueWriter writer, Judgement judgement, TaskRecord record) {
        return collector.refreshed(judgement.evidence(), record, writer.version(), writer.mayHaveWrittenMark());
    }

    /**
     * Reads TaskRouter's own record of events where a verdict may rest on the absence of an event, such as another agent's wrap-up,
     * or on whose click a bare marker is. Returns whether it shows this agent's click, or other agents or transfers than were known.
     */
    private boolean completesHistory(TaskTurn turn, Segment segment, Judgement judgement) {
        TaskTimeline known = turn.record().timeline();
        boolean countsOnOthers = judgement.evidence().conferenceWentOn() && known.mayMissWrapUp(segment);
        boolean isUnclear = judgement.evidence().marker().isUnclear() && isUnknown(judgement.verdict());
        if (known.missesWrapUp(segment)
                || countsOnOthers
                || isUnclear
                || (known.mayHaveHole() && judgement.verdict().needsFullHistory())) {
            turn.readRecordedEvents(twilio);
        }
        TaskTimeline complete = turn.record().timeline();
        return (isUnclear && isClickRecorded(turn, segment))
                || !complete.otherAgents(segment.reservation()).equals(known.otherAgents(segment.reservation()));
    }

    /** A mark that we wrote ourselves is no click, and the recorded updates do not say who wrote it. */
    private boolean isClickRecorded(TaskTurn turn, Segment segment) {
        boolean mayBeOurs = turn.record().outcomes().stream()
                .filter(outcome -> outcome.write().status() == WriteResult.Status.WRITTEN)
                .anyMatch(outcome -> outcome.verdict().endedBy().flatMap(settings.vocabulary()::value).stream()
                        .anyMatch(settings.markerWords()::include));
        if (!mayBeOurs) {
            turn.appendRecordedMarkers(settings.markerWords());
        }
        return turn.record().timeline().marker(segment.reservation()).speaksFor(segment.reservation());
    }

    private void recordGone(TaskTurn turn, Segment segment) {
        about(segment.task(), LogLine.warn(log))
                .log("task {}: it is gone, so there is nothing left to write", segment.task());
        recorder.decided(turn, new Outcome(segment, Verdict.taskGone(), ValueWriter.gone()));
    }

    /**
     * Evaluates a segment again, of which more is known than its verdict was made on. Twilio is asked only if the value changes;
     * otherwise the new evidence is remembered.
     */
    Optional<Duration> revise(TaskTurn turn, Segment segment) {
        TaskRecord record = turn.record();
        Optional<Outcome> known = record.outcome(segment.reservation());
        Optional<CallEvidence> evidence = known.flatMap(Outcome::evidence).map(record::withAllEvents);
        if (known.isEmpty() || evidence.isEmpty()) {
            return Optional.empty();
        }
        Judgement judgement = evaluator.judge(evidence.get());
        boolean stays = judgement.evaluation().openQuestions().isEmpty()
                && judgement.verdict().writesSameAs(known.get().verdict());
        if (!stays) {
            return process(turn, segment);
        }
        turn.record(new Outcome(
                segment,
                judgement.verdict(),
                known.get().write(),
                evidence,
                known.get().audit()));
        return Optional.empty();
    }
}
