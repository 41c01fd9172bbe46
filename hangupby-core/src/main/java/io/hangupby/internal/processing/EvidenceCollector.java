package io.hangupby.internal.processing;

import io.hangupby.call.CallAttributes;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Marker;
import io.hangupby.call.OtherAgents;
import io.hangupby.call.Participant;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.Segment;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.CallLookup;
import io.hangupby.decision.Decider;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Question;
import io.hangupby.decision.WriteResult;
import io.hangupby.internal.event.TaskTimeline;
import io.hangupby.internal.journal.TaskRecord;
import io.hangupby.internal.twilio.TaskSnapshot;
import io.hangupby.internal.twilio.TwilioGateway;
import io.hangupby.twilio.TwilioFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks Twilio for what the journal does not know, each thing once and only while it matters: first the conference, then the
 * task, whose marker is to be fresh, then who is still there if the conference goes on, and single calls as the decision
 * asks for them.
 */
final class EvidenceCollector {
    /** How long after its leg's leaving a call that still reads as open is looked at again. */
    private static final Duration OPEN_CALL_AGAIN_AFTER = Duration.ofSeconds(1);

    /** A bound for deciders that never have enough; ours ask three questions at the most. */
    private static final int QUESTIONS_AT_MOST = 10;

    /** Status callbacks come at about the time of the events; one that has not by now may never. */
    private static final Duration TIME_FOR_CALLBACKS = Duration.ofMillis(1700);

    private final TwilioGateway twilio;
    private final Decider decider;
    private final EngineSettings settings;
    private final Sleeper sleeper;

    EvidenceCollector(TwilioGateway twilio, Decider decider, EngineSettings settings, Sleeper sleeper) {
        this.twilio = twilio;
        this.decider = decider;
        this.settings = settings;
        this.sleeper = sleeper;
    }

    /**
     * Looks at a segment's call. Where another agent is still in, those who are there are asked for at once: one request tells
     * that the conference goes on, and who is in it.
     *
     * @param since how long ago it was first looked at
     * @param last whether this look has to do, settled or not
     */
    CollectedEvidence look(TaskRecord record, Segment segment, Duration since, boolean last) {
        TaskTimeline timeline = record.timeline();
        Optional<ConferenceSid> told = timeline.conference();
        if (!last && isAwaited(timeline, told, segment, since, false)) {
            return new CollectedEvidence.Unsettled();
        }
        OtherAgents otherAgents = timeline.otherAgents(segment.reservation());
        Optional<List<Participant>> listed = told.filter(
                        room -> !otherAgents.presentAt(segment.left()).isEmpty())
                .flatMap(twilio::participants)
                .filter(legs -> !legs.isEmpty());
        Optional<Conference> early =
                listed.isPresent() ? told.map(EvidenceCollector::goesOn) : told.map(this::conference);
        boolean over = early.filter(Conference::ended).isPresent();
        if (!last && isAwaited(timeline, told, segment, since, over)) {
            return new CollectedEvidence.Unsettled();
        }
        Optional<TaskSnapshot> task = twilio.task(segment.task());
        if (task.isEmpty()) {
            return new CollectedEvidence.TaskGone();
        }
        CallAttributes attributes = FlexAttributes.call(task.get().attributes());
        ParticipantLog participantLog =
                told.or(attributes::conference).map(timeline::participantLog).orElse(ParticipantLog.NONE);
        Optional<Conference> conference = (told.isPresent()
                        ? early
                        : attributes.conference().map(this::conference))
                .map(seen -> participantLog.end().map(seen::ended).orElse(seen));
        CallEvidence evidence = new CallEvidence(
                segment,
                attributes,
                marker(record, segment, task.get()),
                settings.pluginInstalled(),
                otherAgents,
                participantLog,
                conference,
                listed,
                Map.of(),
                Map.of());
        return answered(evidence, last)
                .<CollectedEvidence>map(seen -> new CollectedEvidence.Seen(seen, task.get()))
                .orElseGet(CollectedEvidence.Unsettled::new);
    }

    private Conference conference(ConferenceSid room) {
        return twilio.conference(room).orElseGet(() -> vanished(room));
    }

    /** One that there was, for somebody named it, and that Twilio does not have: it is over, and nobody knows how it ended. */
    private static Conference vanished(ConferenceSid room) {
        return new Conference(room, Conference.Status.COMPLETED, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static boolean hasVanished(Conference conference) {
        return conference.equals(vanished(conference.sid()));
    }

    /** Where somebody is listed, the conference need not be read to know that it goes on. */
    private static Conference goesOn(ConferenceSid room) {
        return new Conference(
                room, Conference.Status.IN_PROGRESS, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Says whether a status callback is still to come, without which the order of leaving would be half an order. */
    private static boolean isAwaited(
            TaskTimeline timeline, Optional<ConferenceSid> room, Segment segment, Duration since, boolean over) {
        return since.compareTo(TIME_FOR_CALLBACKS) < 0
                && room.filter(sid -> !timeline.participantLog(sid).isComplete(segment.left(), over))
                        .isPresent();
    }

    /** Returns the evidence with an answer to every question on which the verdict hangs. */
    CallEvidence answered(CallEvidence evidence) {
        return answered(evidence, true).orElse(evidence);
    }

    /** Where it is not known which leg is the agent's, a leg's call can still tell that the agent is gone. */
    private static boolean onlyTimeCanTell(CallEvidence known) {
        boolean legsAreKnown = known.agentLeg().isPresent()
                || known.mustAskWhoTheParticipantsAre().isEmpty();
        return legsAreKnown && !known.isSettled();
    }

    /** Returns nothing where an answer shows that Twilio's API is not settled, and another look is to come. */
    private Optional<CallEvidence> answered(CallEvidence evidence, boolean last) {
        CallEvidence known = evidence;
        for (int asked = 0; asked < QUESTIONS_AT_MOST; asked++) {
            Optional<Question> question = decider.openQuestion(known);
            if (question.isEmpty()) {
                break;
            }
            known = ask(question.get(), known);
            if (!last && onlyTimeCanTell(known)) {
                return Optional.empty();
            }
        }
        boolean mayComeBack = !last
                && known.conference().filter(EvidenceCollector::hasVanished).isPresent()
                && decider.decide(known).isProvisional();
        return mayComeBack ? Optional.empty() : Optional.of(known);
    }

    /**
     * Returns the marker as it stands, unless it was used up: {@code agent} that we wrote ourselves, or that has explained an
     * earlier agent's end, is no sign of a click.
     */
    Marker marker(TaskRecord record, Segment segment, TaskSnapshot task) {
        Marker marker = FlexAttributes.marker(task.attributes());
        return marker instanceof Marker.Bare
                ? record.fieldOwnerOutcome()
                        .map(standing -> bareMarker(standing, segment))
                        .orElseGet(() -> record.preset() && isMark(EndedBy.CUSTOMER) ? new Marker.None() : marker)
                : marker;
    }

    /** A word of ours that reads like a click leaves its own segment the marker that it was decided with, and others none. */
    private Marker bareMarker(Outcome standing, Segment segment) {
        WriteResult.Status status = standing.write().status();
        boolean ours = (status == WriteResult.Status.WRITTEN || status == WriteResult.Status.ALREADY_SET)
                && standing.verdict().endedBy().filter(this::isMark).isPresent();
        if (standing.segment().reservation().equals(segment.reservation())) {
            return ours ? standing.marker() : new Marker.Bare();
        }
        boolean anothers = status != WriteResult.Status.WRITTEN && standing.marker() instanceof Marker.Bare;
        return ours || anothers ? new Marker.None() : new Marker.Bare();
    }

    private boolean isMark(EndedBy endedBy) {
        return settings.vocabulary()
                .value(endedBy)
                .filter(FlexAttributes::isMark)
                .isPresent();
    }

    private CallEvidence ask(Question question, CallEvidence known) {
        if (question instanceof Question.ParticipantsIn who) {
            return twilio.participants(who.conference())
                    .map(known::with)
                    .orElseGet(() -> known.with(vanished(who.conference())));
        }
        if (question instanceof Question.ChildrenOf where) {
            return known.withChildren(where.call(), twilio.children(where.call()));
        }
        if (question instanceof Question.CallStillOpen open) {
            if (!known.segment().completed()) {
                pause(open);
            }
            return known.with(open.call(), call(open.call(), true));
        }
        CallSid leg = ((Question.CallOf) question).call();
        return known.with(leg, call(leg, false));
    }

    private CallLookup call(CallSid leg, boolean again) {
        return twilio.call(leg)
                .<CallLookup>map(call -> new CallLookup.Found(call, again))
                .orElseGet(CallLookup.NotFound::new);
    }

    private void pause(Question.CallStillOpen question) {
        try {
            sleeper.sleep(OPEN_CALL_AGAIN_AFTER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TwilioFailure(
                    TwilioFailure.Kind.NOT_SENT, "read of call " + question.call(), "shutting down", Optional.empty());
        }
    }
}
