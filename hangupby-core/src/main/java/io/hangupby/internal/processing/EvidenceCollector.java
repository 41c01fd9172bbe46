package io.hangupby.internal.processing;

import io.hangupby.call.Conference;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Marker;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.Segment;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.CallEvidenceBuilder;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.WriteResult;
import io.hangupby.internal.audit.ReportedParty;
import io.hangupby.internal.event.TaskTimeline;
import io.hangupby.internal.journal.TaskRecord;
import io.hangupby.internal.twilio.TaskSnapshot;
import io.hangupby.internal.twilio.TwilioGateway;
import java.time.Duration;
import java.util.Optional;

/**
 * Collects the evidence of a segment: what the journal has of the task, and what that leaves open, read at the same time. Other
 * questions are asked only if a rule needs them. A marker that comes after the task was read changes the task's version, so that
 * the write fails and the rules are evaluated again.
 */
final class EvidenceCollector {
    /** Status callbacks come at about the time of the events; a callback that has not come by now may never come. */
    private static final Duration TIME_FOR_CALLBACKS = Duration.ofMillis(1700);

    private final TwilioGateway twilio;
    private final SegmentEvaluator evaluator;
    private final EngineSettings settings;

    EvidenceCollector(TwilioGateway twilio, SegmentEvaluator evaluator, EngineSettings settings) {
        this.twilio = twilio;
        this.evaluator = evaluator;
        this.settings = settings;
    }

    /**
     * Collects the evidence of a segment.
     *
     * @param since how long ago the segment was first found unsettled
     * @param last whether this evidence has to do, settled or not
     */
    CollectedEvidence collect(TaskRecord record, Segment segment, Duration since, boolean last) {
        TaskTimeline timeline = record.timeline();
        Optional<ConferenceSid> named = timeline.conference();
        if (!last && isCallbackAwaited(timeline, named, segment, since, false)) {
            return new CollectedEvidence.Unsettled();
        }
        FirstReads reads = FirstReads.of(twilio, timeline, segment);
        boolean over = reads.conference().filter(Conference::ended).isPresent();
        if (!last && isCallbackAwaited(timeline, named, segment, since, over)) {
            return new CollectedEvidence.Unsettled();
        }
        if (reads.task().isEmpty()) {
            return new CollectedEvidence.TaskGone();
        }
        TaskSnapshot task = reads.task().get();
        CallEvidence evidence = evidence(record, segment, reads, task);
        return evaluator
                .evaluate(evidence, last)
                .<CollectedEvidence>map(judgement -> new CollectedEvidence.Complete(judgement, task))
                .orElseGet(CollectedEvidence.Unsettled::new);
    }

    /** If no event named the conference, its attributes may. */
    private CallEvidence evidence(TaskRecord record, Segment segment, FirstReads reads, TaskSnapshot task) {
        TaskTimeline timeline = record.timeline();
        FlexAttributes.FlexCall call = FlexAttributes.call(task.attributes());
        Optional<ConferenceSid> named = timeline.conference();
        ParticipantLog log =
                named.or(call::conference).map(timeline::participantLog).orElse(ParticipantLog.NONE);
        Optional<Conference> conference =
                named.isPresent() ? reads.conference() : call.conference().map(sid -> FirstReads.read(twilio, sid));
        CallEvidenceBuilder evidence = call.addTo(CallEvidence.builder(segment))
                .marker(marker(record, segment, task))
                .pluginInstalled(settings.pluginInstalled())
                .otherAgents(timeline.otherAgents(segment.reservation()))
                .participantLog(log)
                .conference(conference.map(read -> read.with(log)))
                .participants(reads.participants())
                .ignoredParticipants(settings.ignoredParticipants());
        reads.calls().forEach(evidence::call);
        return ReportedParty.addedTo(evidence.build(), timeline.reports());
    }

    /**
     * Returns evidence as of another version of the task, and with all that the journal has by now.
     *
     * @param mayBeOurs whether a bare marker in this version may be a value that we wrote, with its response lost
     */
    CallEvidence refreshed(CallEvidence evidence, TaskRecord record, TaskSnapshot version, boolean mayBeOurs) {
        Marker read = marker(record, evidence.segment(), version);
        Marker marker = mayBeOurs && read.isBare() ? evidence.marker() : read;
        return FlexAttributes.call(version.attributes())
                .addTo(record.withAllEvents(evidence).toBuilder())
                .marker(marker)
                .build();
    }

    /** Returns whether a status callback is still to come: the order counts only if both leaves are known. */
    private static boolean isCallbackAwaited(
            TaskTimeline timeline, Optional<ConferenceSid> conference, Segment segment, Duration since, boolean over) {
        return since.compareTo(TIME_FOR_CALLBACKS) < 0
                && conference.stream()
                        .anyMatch(sid -> !timeline.participantLog(sid).isComplete(segment.left(), over));
    }

    /**
     * Returns the marker in a version of the task, or a marker that was seen there before, unless it was used up: {@code agent}
     * that the task was created with, that we wrote ourselves, or that explained an earlier agent's end, is no sign of a click.
     */
    private Marker marker(TaskRecord record, Segment segment, TaskSnapshot task) {
        Marker marker = settings.markerWords().marker(task.attributes());
        boolean isBare = marker.isBare() || isBesideUsedUp(marker, record, segment, task);
        Marker fresh = isBare ? bareMarker(record, segment, task) : marker;
        return record.markerOf(segment.reservation(), fresh);
    }

    /** A marker that names a decided reservation stays in the task. A later mark beside it names nobody. */
    private boolean isBesideUsedUp(Marker marker, TaskRecord record, Segment segment, TaskSnapshot task) {
        return !marker.speaksFor(segment.reservation())
                && marker.reservation().flatMap(record::outcome).isPresent()
                && settings.markerWords().areIn(task.attributes());
    }

    private Marker bareMarker(TaskRecord record, Segment segment, TaskSnapshot task) {
        boolean isPreset = record.preset() && record.fieldOwner().isEmpty() && isMark(EndedBy.CUSTOMER);
        boolean isBornWith =
                task.attributes().string(FlexAttributes.HANG_UP_BY).stream().anyMatch(record::isBornWith);
        if (isPreset || isBornWith) {
            return Marker.NONE;
        }
        return record.fieldOwnerOutcome()
                .map(owner -> bareMarker(owner, segment))
                .orElse(Marker.BARE);
    }

    /** Our own value that reads like a click leaves its own segment the marker of its verdict, and other segments none. */
    private Marker bareMarker(Outcome owner, Segment segment) {
        WriteResult.Status status = owner.write().status();
        boolean ours = (status == WriteResult.Status.WRITTEN || status == WriteResult.Status.ALREADY_SET)
                && owner.verdict().endedBy().filter(this::isMark).isPresent();
        if (owner.segment().reservation().equals(segment.reservation())) {
            return ours ? owner.marker() : Marker.BARE;
        }
        boolean anothers = status != WriteResult.Status.WRITTEN
                && owner.marker().speaksFor(owner.segment().reservation());
        return ours || anothers ? Marker.NONE : Marker.BARE;
    }

    private boolean isMark(EndedBy endedBy) {
        return settings.vocabulary().value(endedBy).stream().anyMatch(settings.markerWords()::include);
    }
}
