package io.hangupby.internal.processing;

import io.hangupby.call.TaskRef;
import io.hangupby.decision.WriteResult;
import io.hangupby.decision.WriteResult.Status;
import io.hangupby.internal.attributes.EditResult;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.journal.TaskRecord;
import io.hangupby.internal.twilio.TaskSnapshot;
import io.hangupby.internal.twilio.TaskUpdate;
import io.hangupby.twilio.TwilioFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes into a task if it is still the version that was planned for. If another writer changed the task, or nobody knows whether
 * a write took effect, it reads the version that there is now, so that the caller plans anew. Used by one thread, for one value.
 */
final class ValueWriter {
    private static final Logger log = LoggerFactory.getLogger(ValueWriter.class);

    private static final int WRITES_AT_MOST = 10;
    private static final int UNCERTAIN_WRITES_AT_MOST = 3;

    private static final WriteResult GONE = tooLate("the task is gone");
    private static final WriteResult COMPLETED = tooLate("the task is completed already, too late to write");
    private static final WriteResult WRITTEN = new WriteResult(Status.WRITTEN, "written");
    private static final WriteResult DRY_RUN = new WriteResult(Status.DRY_RUN, "dry run, not written");

    private final VersionedGateway twilio;
    private final boolean dryRun;
    private final Target target;
    private final List<TwilioFailure> uncertain = new ArrayList<>();
    private int writes;
    private boolean wroteMark;
    private Optional<TaskSnapshot> version = Optional.empty();
    private Optional<WriteResult> result = Optional.empty();

    /**
     * A task that is to be written.
     *
     * @param since since when the value is due: agents complete in about the order in which they left
     * @param late whether a value written now would not be read
     */
    record Target(TaskRef task, Instant since, boolean late) {

        /** A value for which no agent in wrap-up waits is due since the last event. */
        static Target of(TaskRecord record) {
            List<TaskRouterEvent> events = record.timeline().events();
            Instant since = record.holder()
                    .map(next -> next.segment().left())
                    .orElseGet(() -> events.get(events.size() - 1).at());
            return new Target(record.timeline().task(), since, false);
        }
    }

    /**
     * @param task the task as it was read; empty if it is gone
     */
    ValueWriter(VersionedGateway twilio, boolean dryRun, Target target, Optional<TaskSnapshot> task) {
        this.twilio = twilio;
        this.dryRun = dryRun;
        this.target = target;
        accept(task);
    }

    /** Returns the result for a task that Twilio no longer has. */
    static WriteResult gone() {
        return GONE;
    }

    /** Returns whether there is a version to plan for; otherwise there is a result. */
    boolean hasVersion() {
        return result.isEmpty();
    }

    /** Returns the version to plan for. */
    TaskSnapshot version() {
        return version.orElseThrow();
    }

    /** Returns whether this version may hold a value of ours that reads like a click, written with the response lost. */
    boolean mayHaveWrittenMark() {
        return !uncertain.isEmpty() && wroteMark;
    }

    /** Returns what became of the value, once there is no version left to plan for. */
    WriteResult result() {
        return result.orElseThrow();
    }

    /** Plans for each version, with nothing to evaluate, until there is a result. */
    WriteResult write(Function<TaskSnapshot, AttributePlan> plan) {
        while (hasVersion()) {
            writeIfUnchanged(plan.apply(version()), false);
        }
        return result();
    }

    /**
     * Writes what is planned if the task is still this version; otherwise reads the version that there is now.
     *
     * @param holdsOfLater whether the plan is right of later versions, too. Otherwise a presumed version that needs no write is read
     */
    void writeIfUnchanged(AttributePlan plan, boolean holdsOfLater) {
        wroteMark = plan.writesMark();
        EditResult edit = plan.apply(version().attributes());
        boolean isSent = !dryRun && !target.late() && edit instanceof EditResult.Edited;
        if (version().presumed() && !isSent && !holdsOfLater) {
            goOnWith(twilio.read(target.task()));
            return;
        }
        if (dryRun) {
            result = Optional.of(dryRun(edit));
        } else if (version().over() && plan.hasValue()) {
            result = Optional.of(COMPLETED);
        } else {
            result = edit.match(
                    edited -> send(plan, edited.attributes()),
                    unchanged -> Optional.of(unchanged(plan)),
                    refused -> Optional.of(invalid(refused.reason())));
        }
        if (result.isEmpty()) {
            goOnWith(twilio.task(target.task()));
        }
    }

    /** Returns the result, or nothing if the task has to be read again. */
    private Optional<WriteResult> send(AttributePlan plan, TaskAttributes attributes) {
        if (target.late()) {
            return Optional.of(tooLate("the agent completed before it could be written"));
        }
        if (uncertain.size() == UNCERTAIN_WRITES_AT_MOST) {
            throw uncertain.get(uncertain.size() - 1);
        }
        try {
            return result(
                    plan, twilio.updateTask(target.task(), attributes, version().etag(), target.since()));
        } catch (TwilioFailure failure) {
            if (failure.kind() == TwilioFailure.Kind.BAD_REQUEST) {
                return Optional.of(overAfterAll().orElseThrow(() -> failure));
            }
            if (!failure.mayHaveBeenApplied()) {
                throw failure;
            }
            uncertain.add(failure);
            log.debug("{}; reading it back", failure.getMessage());
            return Optional.empty();
        }
    }

    /** Returns the result of an update, or nothing if another writer changed the task since it was read. */
    private static Optional<WriteResult> result(AttributePlan plan, TaskUpdate update) {
        if (update instanceof TaskUpdate.ChangedMeanwhile) {
            return Optional.empty();
        }
        if (update instanceof TaskUpdate.Gone) {
            return Optional.of(GONE);
        }
        return Optional.of(
                plan.hasValue() ? WRITTEN : new WriteResult(Status.NOTHING_TO_WRITE, "an earlier value is taken off"));
    }

    private void goOnWith(Optional<TaskSnapshot> now) {
        writes++;
        if (writes == WRITES_AT_MOST) {
            throw new TwilioFailure(
                    TwilioFailure.Kind.NOT_SENT,
                    "update of task " + target.task(),
                    "others changed it " + WRITES_AT_MOST + " times in a row",
                    Optional.empty());
        }
        accept(now);
    }

    private void accept(Optional<TaskSnapshot> now) {
        version = now;
        result = now.isEmpty()
                ? Optional.of(GONE)
                : now.flatMap(task -> task.attributes().problem()).map(this::invalid);
    }

    private WriteResult unchanged(AttributePlan plan) {
        if (!plan.hasValue()) {
            return new WriteResult(Status.NOTHING_TO_WRITE, "nothing to write");
        }
        return uncertain.isEmpty() ? new WriteResult(Status.ALREADY_SET, "it was set already") : WRITTEN;
    }

    /** One result for all that a dry run does not do: the field is read again when the agent completes. */
    private WriteResult dryRun(EditResult edit) {
        return edit.match(
                edited -> DRY_RUN,
                unchanged -> DRY_RUN,
                refused -> new WriteResult(
                        Status.DRY_RUN, "dry run, " + invalid(refused.reason()).detail()));
    }

    private WriteResult invalid(String reason) {
        LogFields.about(target.task(), LogLine.warn(log))
                .addKeyValue("hangupby.reason", reason)
                .log("task {}: not written: {}", target.task(), reason);
        return new WriteResult(Status.INVALID_ATTRIBUTES, "not written: " + reason);
    }

    /** Twilio has one code for a request that is wrong and for a task that is over: only the task itself shows which. */
    private Optional<WriteResult> overAfterAll() {
        Optional<TaskSnapshot> now = twilio.task(target.task());
        if (now.isEmpty()) {
            return Optional.of(GONE);
        }
        return now.filter(TaskSnapshot::over).map(over -> COMPLETED);
    }

    private static WriteResult tooLate(String detail) {
        return new WriteResult(Status.TOO_LATE, detail);
    }
}
