package io.hangupby.internal.processing;

import io.hangupby.call.Marker;
import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.Decider;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Verdict;
import io.hangupby.decision.WriteResult;
import io.hangupby.decision.WriteResult.Status;
import io.hangupby.internal.attributes.EditResult;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.journal.TaskRecord;
import io.hangupby.internal.twilio.TaskSnapshot;
import io.hangupby.internal.twilio.TaskUpdate;
import io.hangupby.internal.twilio.TwilioGateway;
import io.hangupby.twilio.TwilioFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides on the freshest look at the task and writes the verdict's value into that very version of it. Where somebody else
 * was faster, or nobody knows whether a write took effect, the task is read, and the verdict made, anew.
 */
final class ValueWriter {
    private static final Logger log = LoggerFactory.getLogger(ValueWriter.class);

    private static final int WRITES_AT_MOST = 10;
    private static final int UNCERTAIN_WRITES_AT_MOST = 3;

    private static final WriteResult WAITS =
            new WriteResult(Status.WAITING, "written once the agent before this one has completed");

    private static final WriteResult DRY_RUN = new WriteResult(Status.DRY_RUN, "dry run, not written");

    private final TwilioGateway twilio;
    private final Decider decider;
    private final EvidenceCollector collector;
    private final EngineSettings settings;
    private final MissingPluginWarning advice = new MissingPluginWarning();

    ValueWriter(TwilioGateway twilio, Decider decider, EvidenceCollector collector, EngineSettings settings) {
        this.twilio = twilio;
        this.decider = decider;
        this.collector = collector;
        this.settings = settings;
    }

    /**
     * Makes the verdict on a segment and brings the task to what is due with it.
     *
     * @param late whether the segment's agent has completed, so that a value written now would not be read
     */
    Outcome decideAndWrite(TaskRecord record, CollectedEvidence.Seen seen, boolean late) {
        Segment segment = seen.evidence().segment();
        Deciding deciding = new Deciding(record, seen.evidence(), late);
        WriteResult result = write(new Job(segment.task(), segment.left(), late), seen.task(), deciding);
        if (result.status() == Status.TOO_LATE && deciding.verdict().isEmpty()) {
            return gone(segment);
        }
        Verdict verdict = deciding.verdict().orElseGet(Verdict::attributesUnreadable);
        advice.heed(segment.task().workspace(), deciding.marker(), verdict);
        return new Outcome(
                segment, verdict, deciding.waits() ? waiting(deciding, result) : result, deciding.decidedOn());
    }

    private static WriteResult waiting(Deciding deciding, WriteResult result) {
        return switch (result.status()) {
            case TOO_LATE, DRY_RUN -> result;
            case WRITTEN, ALREADY_SET, NOTHING_TO_WRITE ->
                deciding.isPinned()
                        ? new WriteResult(Status.PINNED, "set apart for the plugin, as an earlier agent has the field")
                        : WAITS;
            default -> WAITS;
        };
    }

    /** Brings the task to what is due now that an agent has completed, with no new verdict. */
    WriteResult settle(TaskRecord record) {
        AttributePlan plan =
                new AttributePlan(settings.vocabulary(), record.holder(), record.fieldOwnerOutcome(), record.preset());
        Job job = Job.of(record);
        return twilio.task(job.task())
                .map(task -> write(job, task, (now, uncertain) -> plan))
                .orElse(tooLate("the task is gone"));
    }

    /** Gives a new task the customer's value, for as long as it is new and has none. */
    WriteResult preset(TaskRecord record, TaskSnapshot task) {
        return write(
                Job.of(record),
                task,
                (now, uncertain) -> new AttributePlan(
                        settings.vocabulary(), Optional.empty(), Optional.empty(), FlexAttributes.takesPreset(now)));
    }

    private WriteResult write(Job job, TaskSnapshot first, Planning planning) {
        Optional<TaskSnapshot> task = Optional.of(first);
        List<TwilioFailure> uncertain = new ArrayList<>();
        for (int writes = 0; writes < WRITES_AT_MOST; writes++) {
            if (task.isEmpty()) {
                return tooLate("the task is gone");
            }
            Optional<String> problem = task.get().attributes().problem();
            if (problem.isPresent()) {
                return refused(job.task(), problem.get());
            }
            AttributePlan plan = planning.plan(task.get(), !uncertain.isEmpty());
            try {
                Optional<WriteResult> result = write(job, task.get(), plan, uncertain);
                if (result.isPresent()) {
                    return result.get();
                }
            } catch (TwilioFailure failure) {
                if (failure.kind() == TwilioFailure.Kind.BAD_REQUEST) {
                    return overAfterAll(job).orElseThrow(() -> failure);
                }
                if (!failure.mayHaveBeenApplied() || uncertain.size() == UNCERTAIN_WRITES_AT_MOST) {
                    throw failure;
                }
                uncertain.add(failure);
                log.debug("{}; reading it back", failure.getMessage());
            }
            task = twilio.task(job.task());
        }
        throw new TwilioFailure(
                TwilioFailure.Kind.NOT_SENT,
                "update of task " + job.task(),
                "others changed it " + WRITES_AT_MOST + " times in a row",
                Optional.empty());
    }

    /** Twilio has one code for a request that is wrong and for a task that is over: only the task itself tells which. */
    private Optional<WriteResult> overAfterAll(Job job) {
        return twilio.task(job.task())
                .map(task -> task.over() ? Optional.of(completed()) : Optional.<WriteResult>empty())
                .orElseGet(() -> Optional.of(tooLate("the task is gone")));
    }

    /** The outcome for a task that Twilio no longer has. */
    Outcome gone(Segment segment) {
        return new Outcome(segment, Verdict.taskGone(), tooLate("the task is gone"));
    }

    private static WriteResult refused(TaskRef task, String reason) {
        LogFields.about(task, log.atWarn())
                .addKeyValue("hangupby.reason", reason)
                .log("task {}: not written: {}", task, reason);
        return new WriteResult(Status.INVALID_ATTRIBUTES, "not written: " + reason);
    }

    /**
     * Returns how the writing ended, or nothing if somebody else changed the task since it was read.
     *
     * @param uncertain the writes before this one of which nobody knows whether they took effect
     */
    private Optional<WriteResult> write(Job job, TaskSnapshot task, AttributePlan plan, List<TwilioFailure> uncertain) {
        if (settings.dryRun()) {
            return Optional.of(dryRun(job, plan.apply(task.attributes())));
        }
        if (task.over() && plan.hasValue()) {
            return Optional.of(completed());
        }
        return plan.apply(task.attributes())
                .match(
                        edited -> {
                            if (uncertain.size() == UNCERTAIN_WRITES_AT_MOST) {
                                throw uncertain.get(uncertain.size() - 1);
                            }
                            if (job.late()) {
                                return Optional.of(tooLate("the agent completed before it could be written"));
                            }
                            return update(
                                    plan, twilio.updateTask(job.task(), edited.attributes(), task.etag(), job.since()));
                        },
                        unchanged -> Optional.of(unchanged(plan, uncertain)),
                        refused -> Optional.of(refused(job.task(), refused.reason())));
    }

    /** One result for all that a dry run does not do: what stands there is looked at when the agent completes. */
    private static WriteResult dryRun(Job job, EditResult edit) {
        return edit.match(
                edited -> DRY_RUN,
                unchanged -> DRY_RUN,
                refused -> new WriteResult(
                        Status.DRY_RUN,
                        "dry run, " + refused(job.task(), refused.reason()).detail()));
    }

    private static WriteResult unchanged(AttributePlan plan, List<TwilioFailure> uncertain) {
        if (!plan.hasValue()) {
            return new WriteResult(Status.NOTHING_TO_WRITE, "nothing to write");
        }
        return uncertain.isEmpty() ? new WriteResult(Status.ALREADY_SET, "it was set already") : written();
    }

    private static Optional<WriteResult> update(AttributePlan plan, TaskUpdate update) {
        return switch (update) {
            case APPLIED ->
                Optional.of(
                        plan.hasValue()
                                ? written()
                                : new WriteResult(Status.NOTHING_TO_WRITE, "an earlier value is taken off"));
            case CHANGED_MEANWHILE -> Optional.empty();
            case GONE -> Optional.of(tooLate("the task is gone"));
        };
    }

    private static WriteResult written() {
        return new WriteResult(Status.WRITTEN, "written");
    }

    private static WriteResult completed() {
        return tooLate("the task is completed already, too late to write");
    }

    private static WriteResult tooLate(String detail) {
        return new WriteResult(Status.TOO_LATE, detail);
    }

    /**
     * A task that is to be written.
     *
     * @param since since when: agents complete in about the order in which they left
     * @param late whether it is too late for a value to be read
     */
    private record Job(TaskRef task, Instant since, boolean late) {

        /** What no agent in wrap-up waits for is as old as the event that it came of. */
        static Job of(TaskRecord record) {
            List<TaskRouterEvent> events = record.timeline().events();
            Instant since = record.holder()
                    .map(next -> next.segment().left())
                    .orElseGet(() -> events.get(events.size() - 1).at());
            return new Job(record.timeline().task(), since, false);
        }
    }

    /** What is to be written into a version of the task. */
    private interface Planning {

        /**
         * @param uncertain whether a value of ours may stand there of which nobody knows
         */
        AttributePlan plan(TaskSnapshot task, boolean uncertain);
    }

    /** The verdict on one segment, made anew for each version of the task that it is to be written into. */
    private final class Deciding implements Planning {
        private final TaskRecord record;
        private final boolean late;
        private CallEvidence evidence;
        private Optional<Verdict> verdict = Optional.empty();
        private Optional<AttributePlan> last = Optional.empty();
        private boolean waits;
        private boolean isPinned;

        Deciding(TaskRecord record, CallEvidence evidence, boolean late) {
            this.record = record;
            this.late = late;
            this.evidence = evidence;
        }

        @Override
        public AttributePlan plan(TaskSnapshot task, boolean uncertain) {
            Segment segment = evidence.segment();
            Marker read = collector.marker(record, segment, task);
            boolean maybeOurs =
                    uncertain && last.filter(AttributePlan::writesMark).isPresent();
            Marker marker = maybeOurs && read instanceof Marker.Bare ? evidence.marker() : read;
            evidence = collector.answered(evidence.with(FlexAttributes.call(task.attributes()), marker));
            Verdict made = decider.decide(evidence);
            verdict = Optional.of(made);
            Outcome own = new Outcome(
                    segment, made, new WriteResult(Status.WAITING, "not written yet"), Optional.of(evidence));
            AttributePlan plan = late
                    ? new AttributePlan(settings.vocabulary(), Optional.of(own), Optional.empty(), false)
                    : sharing(own);
            isPinned = plan.canPin(task.attributes());
            last = Optional.of(plan);
            return plan;
        }

        private AttributePlan sharing(Outcome own) {
            TaskRecord withOwn = record.with(own);
            Optional<Outcome> holder = withOwn.holder();
            waits = holder.filter(other ->
                            !other.segment().reservation().equals(own.segment().reservation()))
                    .isPresent();
            return new AttributePlan(
                    settings.vocabulary(),
                    holder.or(() -> Optional.of(own)),
                    record.fieldOwnerOutcome(),
                    record.preset(),
                    settings.pluginPins() ? withOwn.inWrapUpTogether() : List.of());
        }

        Optional<Verdict> verdict() {
            return verdict;
        }

        /** What the verdict was made on; nothing where the task could not be read, so that none was made. */
        Optional<CallEvidence> decidedOn() {
            return verdict.map(made -> evidence);
        }

        boolean waits() {
            return waits;
        }

        boolean isPinned() {
            return isPinned;
        }

        Marker marker() {
            return evidence.marker();
        }
    }
}
