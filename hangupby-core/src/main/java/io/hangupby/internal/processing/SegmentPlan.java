package io.hangupby.internal.processing;

import io.hangupby.call.Segment;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Verdict;
import io.hangupby.decision.WriteResult;
import io.hangupby.decision.WriteResult.Status;
import io.hangupby.internal.journal.TaskRecord;
import io.hangupby.internal.twilio.TaskSnapshot;
import java.util.List;
import java.util.Optional;

/**
 * What is to be written into one version of a task for a segment. Immutable.
 *
 * @param own the segment's outcome, not written yet
 * @param attributes the fields
 * @param waits whether the field belongs to an agent who left earlier, so that this segment's value comes later
 * @param isPinned whether this segment's value is set apart for the plugin meanwhile
 * @param losses how often the segment's value has been found gone so far
 */
record SegmentPlan(Outcome own, AttributePlan attributes, boolean waits, boolean isPinned, int losses) {
    private static final WriteResult NOT_YET = new WriteResult(Status.WAITING, "not written yet");
    private static final WriteResult WAITS =
            new WriteResult(Status.WAITING, "written once the agent who left earlier has completed");
    private static final WriteResult PINNED =
            new WriteResult(Status.PINNED, "set apart for the plugin, as an earlier agent has the field");

    /** Plans nothing, because no version of the task can be read: no rule's verdict counts. */
    static SegmentPlan unreadable(EngineSettings settings, Segment segment) {
        Outcome own = new Outcome(segment, Verdict.attributesUnreadable(), NOT_YET);
        return new SegmentPlan(own, alone(settings, Optional.empty()), false, false, 0);
    }

    /**
     * Plans for a segment that may share the field with other agents.
     *
     * @param late whether nothing is written any more, so that no other agent's value matters
     */
    static SegmentPlan of(
            EngineSettings settings, TaskRecord record, Judgement judgement, TaskSnapshot version, boolean late) {
        Outcome own = new Outcome(judgement.segment(), judgement.verdict(), NOT_YET, Optional.of(judgement.evidence()));
        if (late) {
            return new SegmentPlan(own, alone(settings, Optional.of(own)), false, false, 0);
        }
        TaskRecord withOwn = record.with(own);
        Optional<Outcome> owner = withOwn.holder();
        AttributePlan attributes = new AttributePlan(
                settings,
                owner.or(() -> Optional.of(own)),
                record.fieldOwnerOutcome(),
                record.preset(),
                settings.pluginPins() ? withOwn.inWrapUpTogether() : List.of());
        boolean waits = owner.stream()
                .anyMatch(other ->
                        !other.segment().reservation().equals(own.segment().reservation()));
        int losses = record.timeline().losses(own.segment().reservation());
        return new SegmentPlan(own, attributes, waits, attributes.canPin(version.attributes()), losses);
    }

    private static AttributePlan alone(EngineSettings settings, Optional<Outcome> own) {
        return new AttributePlan(settings, own, Optional.empty(), false);
    }

    /** Returns whether a later version of the task cannot change this plan: the agent's click was seen, and its mark is the value. */
    boolean holdsOfLaterVersions() {
        return !waits && own.marker().speaksFor(own.segment().reservation());
    }

    /** Returns the segment's outcome, given what became of the write. */
    Outcome outcome(WriteResult write) {
        if (!waits || write.status() == Status.TOO_LATE || write.status() == Status.DRY_RUN) {
            return own.with(write.afterLosses(losses));
        }
        return own.with(isPinned && write.status() != Status.INVALID_ATTRIBUTES ? PINNED : WAITS);
    }
}
