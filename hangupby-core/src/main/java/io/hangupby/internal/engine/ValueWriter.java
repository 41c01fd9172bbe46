package io.hangupby.internal.engine;

import io.hangupby.attributes.Vocabulary;
import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.Decider;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Verdict;
import io.hangupby.decision.WriteResult;
import io.hangupby.decision.WriteResult.Status;
import io.hangupby.journal.CallRecord;
import io.hangupby.twilio.TaskSnapshot;
import io.hangupby.twilio.TaskUpdate;
import io.hangupby.twilio.TwilioFailure;
import io.hangupby.twilio.TwilioGateway;
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

    private final TwilioGateway twilio;
    private final Decider decider;
    private final EvidenceCollector collector;
    private final boolean dryRun;
    private final MarkerAdvice advice = new MarkerAdvice();

    ValueWriter(TwilioGateway twilio, Decider decider, EvidenceCollector collector, boolean dryRun) {
        this.twilio = twilio;
        this.decider = decider;
        this.collector = collector;
        this.dryRun = dryRun;
    }

    Outcome decideAndWrite(CallRecord record, Look.Seen seen) {
        Segment segment = seen.evidence().segment();
        CallEvidence evidence = seen.evidence();
        Optional<TaskSnapshot> task = Optional.of(seen.task());
        List<TwilioFailure> uncertain = new ArrayList<>();
        for (int writes = 0; writes < WRITES_AT_MOST; writes++) {
            if (task.isEmpty()) {
                return gone(segment);
            }
            TaskSnapshot now = task.get();
            Optional<String> unreadable = now.attributes().problem();
            if (unreadable.isPresent()) {
                return refused(segment, unreadable.get());
            }
            evidence = collector.answered(
                    evidence.with(TaskReading.call(now.attributes()), collector.marker(record, now)));
            Verdict verdict = decider.decide(evidence);
            try {
                Optional<WriteResult> result = write(segment.task(), now, verdict, uncertain);
                if (result.isPresent()) {
                    advice.heed(segment.task().workspace(), evidence.marker(), verdict);
                    return new Outcome(segment, verdict, result.get());
                }
            } catch (TwilioFailure failure) {
                if (!failure.mayHaveBeenApplied() || uncertain.size() == UNCERTAIN_WRITES_AT_MOST) {
                    throw failure;
                }
                uncertain.add(failure);
                log.debug("{}; reading it back", failure.getMessage());
            }
            task = twilio.task(segment.task());
        }
        throw new TwilioFailure(
                TwilioFailure.Kind.NOT_SENT,
                "update of task " + segment.task(),
                "others changed it " + WRITES_AT_MOST + " times in a row",
                Optional.empty());
    }

    /** The outcome for a task that Twilio no longer has. */
    Outcome gone(Segment segment) {
        Verdict verdict =
                new Verdict(Optional.of(EndedBy.UNKNOWN), "undecided", "Twilio no longer has the task", List.of());
        return new Outcome(segment, verdict, tooLate("the task is gone"));
    }

    /** The outcome for a task whose attributes cannot be read, so that there is nothing to decide on either. */
    private static Outcome refused(Segment segment, String reason) {
        Verdict verdict = new Verdict(
                Optional.of(EndedBy.UNKNOWN), "undecided", "the task's attributes cannot be read", List.of());
        return new Outcome(segment, verdict, refused(segment.task(), reason));
    }

    private static WriteResult refused(TaskRef task, String reason) {
        log.warn("task {}: not written: {}", task, reason);
        return new WriteResult(Status.REFUSED, "not written: " + reason);
    }

    /**
     * Returns how the writing ended, or nothing if somebody else changed the task since it was read.
     *
     * @param uncertain the writes before this one of which nobody knows whether they took effect
     */
    private Optional<WriteResult> write(
            TaskRef ref, TaskSnapshot task, Verdict verdict, List<TwilioFailure> uncertain) {
        Optional<String> value = verdict.endedBy().flatMap(Vocabulary::value);
        if (value.isEmpty()) {
            return Optional.of(new WriteResult(Status.NOTHING_TO_WRITE, "nothing to write"));
        }
        if (task.over()) {
            return Optional.of(tooLate("the task is completed already, too late to write"));
        }
        return task.attributes()
                .set(value.get(), TaskReading.HANG_UP_BY)
                .match(
                        edited -> {
                            if (uncertain.size() == UNCERTAIN_WRITES_AT_MOST) {
                                throw uncertain.get(uncertain.size() - 1);
                            }
                            return dryRun
                                    ? Optional.of(new WriteResult(Status.DRY_RUN, "dry run, not written"))
                                    : update(twilio.updateTask(ref, edited.attributes(), task.etag()));
                        },
                        unchanged -> Optional.of(
                                uncertain.isEmpty()
                                        ? new WriteResult(Status.STOOD, "it stood there already")
                                        : written()),
                        refused -> Optional.of(refused(ref, refused.reason())));
    }

    private static Optional<WriteResult> update(TaskUpdate update) {
        return switch (update) {
            case APPLIED -> Optional.of(written());
            case CHANGED_MEANWHILE -> Optional.empty();
            case GONE -> Optional.of(tooLate("the task is gone or completed, too late to write"));
        };
    }

    private static WriteResult written() {
        return new WriteResult(Status.WRITTEN, "written");
    }

    private static WriteResult tooLate(String detail) {
        return new WriteResult(Status.TOO_LATE, detail);
    }
}
