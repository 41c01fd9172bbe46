package io.hangupby.internal.engine;

import io.hangupby.call.CallAttributes;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Marker;
import io.hangupby.call.Segment;
import io.hangupby.decision.CallAnswer;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.Decider;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Question;
import io.hangupby.decision.WriteResult;
import io.hangupby.event.CallTimeline;
import io.hangupby.journal.CallRecord;
import io.hangupby.twilio.TaskSnapshot;
import io.hangupby.twilio.TwilioFailure;
import io.hangupby.twilio.TwilioGateway;
import java.time.Duration;
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

    private final TwilioGateway twilio;
    private final Decider decider;
    private final boolean pluginInstalled;
    private final Sleeper sleeper;

    EvidenceCollector(TwilioGateway twilio, Decider decider, boolean pluginInstalled, Sleeper sleeper) {
        this.twilio = twilio;
        this.decider = decider;
        this.pluginInstalled = pluginInstalled;
        this.sleeper = sleeper;
    }

    /**
     * Looks at a segment's call.
     *
     * @param last whether this look has to do, settled or not
     */
    Look look(CallRecord record, Segment segment, boolean last) {
        CallTimeline timeline = record.timeline();
        Optional<ConferenceSid> told = timeline.conference();
        Optional<Conference> early = told.flatMap(twilio::conference);
        Optional<TaskSnapshot> task = twilio.task(segment.task());
        if (task.isEmpty()) {
            return new Look.TaskGone();
        }
        CallAttributes attributes = TaskReading.call(task.get().attributes());
        Optional<Conference> conference =
                told.isPresent() ? early : attributes.conference().flatMap(twilio::conference);
        CallEvidence evidence = new CallEvidence(
                segment,
                attributes,
                marker(record, task.get()),
                pluginInstalled,
                timeline.acceptedReservations() <= 1,
                timeline.hasTransfer(),
                conference,
                Optional.empty(),
                Map.of());
        CallEvidence seen = withLegs(evidence);
        return seen.isSettled() || last ? new Look.Seen(seen, task.get()) : new Look.Unsettled();
    }

    /** Returns the evidence with an answer to every question on which the verdict hangs. */
    CallEvidence answered(CallEvidence evidence) {
        CallEvidence known = evidence;
        for (int asked = 0; asked < QUESTIONS_AT_MOST; asked++) {
            Optional<Question> question = decider.openQuestion(known);
            if (question.isEmpty()) {
                break;
            }
            known = known.with(question.get().call(), ask(question.get(), evidence.segment()));
        }
        return known;
    }

    /**
     * Returns the marker as it stands, unless it is our own word: {@code agent} that we wrote ourselves is no sign of a
     * click.
     */
    Marker marker(CallRecord record, TaskSnapshot task) {
        boolean ours = record.outcomes().stream()
                .anyMatch(outcome -> outcome.write().status() == WriteResult.Status.WRITTEN
                        && outcome.verdict().endedBy().equals(Optional.of(EndedBy.AGENT)));
        Marker marker = TaskReading.marker(task.attributes());
        return ours && marker instanceof Marker.Bare ? new Marker.None() : marker;
    }

    private CallEvidence withLegs(CallEvidence evidence) {
        if (!evidence.isOngoing()) {
            return evidence;
        }
        CallEvidence listed = evidence.with(
                twilio.participants(evidence.conference().orElseThrow().sid()));
        Optional<CallSid> unknown = listed.agentLeg().isPresent() ? Optional.empty() : listed.legOfUnknownRole();
        return unknown.map(leg -> listed.with(leg, call(leg, false))).orElse(listed);
    }

    private CallAnswer ask(Question question, Segment segment) {
        boolean again = question instanceof Question.CallStillOpen;
        if (again && !segment.completed()) {
            pause(question);
        }
        return call(question.call(), again);
    }

    private CallAnswer call(CallSid leg, boolean again) {
        return twilio.call(leg)
                .<CallAnswer>map(call -> new CallAnswer.Known(call, again))
                .orElseGet(CallAnswer.NotThere::new);
    }

    private void pause(Question question) {
        try {
            sleeper.sleep(OPEN_CALL_AGAIN_AFTER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TwilioFailure(
                    TwilioFailure.Kind.NOT_SENT, "read of call " + question.call(), "shutting down", Optional.empty());
        }
    }
}
