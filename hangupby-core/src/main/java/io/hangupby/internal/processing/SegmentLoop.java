package io.hangupby.internal.processing;

import static io.hangupby.internal.processing.LogFields.about;

import io.hangupby.call.Segment;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.Decider;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Verdict;
import io.hangupby.internal.journal.TaskRecord;
import io.hangupby.internal.twilio.TaskSnapshot;
import io.hangupby.internal.twilio.TwilioGateway;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way from a segment that is over to its value: collect the evidence, evaluate the rules, plan the fields, and write
 * them if the task is still that version; otherwise evaluate and plan for the version that there is now.
 */
final class SegmentLoop {
    private static final Logger log = LoggerFactory.getLogger(SegmentProcessor.class);

    private final TwilioGateway twilio;
    private final EngineSettings settings;
    private final EvidenceCollector collector;
    private final SegmentEvaluator evaluator;
    private final SettleSchedule schedule;
    private final OutcomeRecorder recorder;
    private final MissingPluginWarning missingPlugin = new MissingPluginWarning();

    SegmentLoop(
            TwilioGateway twilio,
            Decider decider,
            EngineSettings settings,
            SettleSchedule schedule,
            OutcomeRecorder recorder,
            Sleeper sleeper) {
        this.twilio = twilio;
        this.settings = settings;
        this.collector = new EvidenceCollector(twilio, settings);
        this.evaluator = new SegmentEvaluator(twilio, decider, sleeper);
        this.schedule = schedule;
        this.recorder = recorder;
    }

    /** Processes a segment that is over. Returns how long to wait before it is processed again, if it is not settled yet. */
    Optional<Duration> process(TaskTurn turn, Segment segment) {
        Duration since = schedule.since(segment.reservation());
        boolean last = SettleSchedule.isLast(since) || segment.completed();

        CollectedEvidence collected = collector.collect(turn.record(), segment, since, last);
        if (collected instanceof CollectedEvidence.TaskGone) {
            taskGone(turn, segment);
            return Optional.empty();
        }
        if (collected instanceof CollectedEvidence.Complete complete) {
            Optional<Judgement> judgement = evaluator.evaluate(complete.evidence(), last);
            if (judgement.isPresent()) {
                completeHistory(turn, judgement.get().verdict());
                recorder.decided(turn, write(turn, judgement.get(), complete.task()));
                return Optional.empty();
            }
        }
        return Optional.of(schedule.again(segment.reservation()));
    }

    /** Evaluates and plans for each version of the task, until a write finds the version that it was planned for. */
    private Outcome write(TaskTurn turn, Judgement first, TaskSnapshot task) {
        Segment segment = first.segment();
        boolean late = turn.isReadAlready(segment);
        ValueWriter writer = new ValueWriter(
                twilio,
                settings.dryRun(),
                new ValueWriter.Target(segment.task(), segment.left(), late),
                Optional.of(task));
        Judgement judgement = first;
        Optional<SegmentPlan> plan = Optional.empty();
        Optional<TaskSnapshot> version = writer.version();
        while (version.isPresent()) {
            CallEvidence fresh = collector.refreshed(
                    judgement.evidence(), turn.record(), version.get(), writer.mayHaveWrittenMark());
            judgement = evaluator.evaluate(judgement, fresh);
            SegmentPlan next = SegmentPlan.of(settings, turn.record(), judgement, version.get(), late);
            writer.writeIfUnchanged(version.get(), next.attributes());
            plan = Optional.of(next);
            version = writer.version();
        }
        return outcome(judgement, plan, writer);
    }

    /** Without a plan, the attributes could not be read, and the rules' verdict counts for nothing. */
    private Outcome outcome(Judgement judgement, Optional<SegmentPlan> plan, ValueWriter writer) {
        Segment segment = judgement.segment();
        Verdict verdict = plan.isPresent() ? judgement.verdict() : Verdict.attributesUnreadable();
        missingPlugin.heed(segment.task().workspace(), judgement.evidence().marker(), verdict);
        return plan.map(made -> new Outcome(
                        segment, verdict, made.result(writer.result()), Optional.of(judgement.evidence())))
                .orElseGet(() -> new Outcome(segment, verdict, writer.result()));
    }

    /** A verdict that rests on the absence of an event needs the events from before the application received any. */
    private void completeHistory(TaskTurn turn, Verdict verdict) {
        if (turn.record().timeline().mayHaveHole() && verdict.needsFullHistory()) {
            turn.append(twilio.events(turn.task()));
        }
    }

    private void taskGone(TaskTurn turn, Segment segment) {
        about(segment.task(), log.atWarn())
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
        Optional<CallEvidence> evidence = known.flatMap(Outcome::evidence).map(record::withAllTold);
        if (known.isEmpty() || evidence.isEmpty()) {
            return Optional.empty();
        }
        Judgement judgement = evaluator.judge(evidence.get());
        boolean stays = judgement.evaluation().openQuestion().isEmpty()
                && judgement.verdict().writesSameAs(known.get().verdict());
        if (!stays) {
            return process(turn, segment);
        }
        turn.record(new Outcome(segment, judgement.verdict(), known.get().write(), evidence));
        return Optional.empty();
    }
}
