package io.hangupby.internal.processing;

import io.hangupby.call.Marker;
import io.hangupby.call.TaskRef;
import io.hangupby.decision.DryRunComparison;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.WriteResult;
import io.hangupby.decision.WriteResult.Status;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.journal.TaskRecord;
import io.hangupby.internal.twilio.TaskSnapshot;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the field that all agents of a task share to what is due in it, where no verdict is to be made: before the first agent
 * accepts, and when an agent completes.
 */
final class SharedField {
    private static final Logger log = LoggerFactory.getLogger(SharedField.class);

    private static final WriteResult ALREADY_SET =
            new WriteResult(Status.ALREADY_SET, "an earlier agent had set the same value");
    private static final WriteResult COLLIDED = new WriteResult(
            Status.COLLIDED, "not written: an earlier agent's value was in the field when this one completed");
    private static final WriteResult COMPARED =
            new WriteResult(Status.COMPARED, "dry run, compared with the value found");
    private static final WriteResult NOT_COMPARED =
            new WriteResult(Status.TOO_LATE, "dry run, and too late to compare");

    private final VersionedGateway twilio;
    private final EngineSettings settings;
    private final OutcomeRecorder recorder;

    SharedField(VersionedGateway twilio, EngineSettings settings, OutcomeRecorder recorder) {
        this.twilio = twilio;
        this.settings = settings;
        this.recorder = recorder;
    }

    /**
     * Gives a new task the customer's value, as long as it is new and has none. This is remembered before it is written: the
     * value must be taken off even if the response to the write is lost for good.
     */
    void preset(TaskTurn turn) {
        if (!settings.presets() || !turn.record().takesPreset()) {
            return;
        }
        TaskRef task = turn.task();
        Optional<String> bornWith = turn.record().timeline().bornWith();
        Optional<TaskSnapshot> found = twilio.task(task).filter(read -> FlexAttributes.takesPreset(read, bornWith));
        if (found.isPresent()) {
            ValueWriter writer = writer(turn.record(), found);
            turn.recordPreset();
            WriteResult result = writer.write(
                    now -> AttributePlan.preset(settings, FlexAttributes.takesPreset(now, bornWith), bornWith));
            log.debug("task {}: the customer's value, until an agent takes it: {}", task, result.detail());
        }
    }

    /** Reports the agents who completed before their value could be written, because an earlier agent's was in the field. */
    void reportCompletedOutOfTurn(TaskTurn turn) {
        TaskRecord before = turn.record();
        for (Outcome outcome : before.collided()) {
            boolean isSame = before.fieldOwnerOutcome().stream()
                    .anyMatch(owner -> owner.verdict().writesSameAs(outcome.verdict()));
            if (isSame) {
                recorder.finished(turn, outcome.with(ALREADY_SET));
            } else {
                recorder.collided(turn, outcome.with(COLLIDED));
            }
        }
    }

    /** Does what is due in the field once an agent has completed. */
    void settle(TaskTurn turn) {
        if (settings.dryRun()) {
            compare(turn);
        } else if (turn.record().fieldIsDue()) {
            replace(turn);
        }
    }

    /** The next agent's value comes in, or ours goes: a caller who gives up later must not inherit it. */
    private void replace(TaskTurn turn) {
        TaskRecord record = turn.record();
        AttributePlan plan = new AttributePlan(settings, record.holder(), record.fieldOwnerOutcome(), record.preset());
        boolean isLost =
                record.holder().map(holder -> holder.segment().reservation()).equals(record.fieldOwner());
        Optional<TaskSnapshot> version = isLost ? twilio.read(turn.task()) : twilio.lastWritten(turn.task());
        WriteResult result = writer(record, version).write(now -> {
            if (plan.overwritesClick(now.attributes())) {
                turn.append(Marker.BARE, turn.now());
                record.holder().map(Outcome::segment).ifPresent(turn::appendUnclear);
            }
            return plan;
        });
        record.holder().ifPresentOrElse(next -> finished(turn, next, result, isLost), turn::recordTakenOff);
    }

    /**
     * A value that seemed gone can be there after all, which is nothing new to report. Nor is a task that is over by now: the
     * completed event says whether the value was kept.
     */
    private void finished(TaskTurn turn, Outcome next, WriteResult result, boolean isLost) {
        int losses = turn.record().timeline().losses(next.segment().reservation());
        if (isLost && (result.status() == Status.ALREADY_SET || result.status() == Status.TOO_LATE)) {
            turn.record(next.with(next.write().afterLosses(losses)));
        } else {
            recorder.finished(turn, next.with(result.afterLosses(losses)));
        }
    }

    private ValueWriter writer(TaskRecord record, Optional<TaskSnapshot> task) {
        return new ValueWriter(twilio, settings.dryRun(), ValueWriter.Target.of(record), task);
    }

    /** In a dry run the field holds no value of ours: what it holds when an agent completes is what Flex Insights reads. */
    private void compare(TaskTurn turn) {
        List<Outcome> completed = turn.record().uncompared();
        if (completed.isEmpty()) {
            return;
        }
        Optional<TaskAttributes> read = twilio.task(turn.task())
                .map(TaskSnapshot::attributes)
                .filter(attributes -> attributes.problem().isEmpty());
        for (Outcome outcome : completed) {
            if (read.isPresent() && !turn.isReadAlready(outcome.segment())) {
                Optional<String> computed = outcome.verdict().endedBy().flatMap(settings.vocabulary()::value);
                Optional<String> found = FlexAttributes.hangUpBy(read.get());
                recorder.compared(turn, outcome.with(COMPARED), new DryRunComparison(computed, found));
            } else {
                recorder.finished(turn, outcome.with(NOT_COMPARED));
            }
        }
    }
}
