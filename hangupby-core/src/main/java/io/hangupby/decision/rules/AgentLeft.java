package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.matches;
import static io.hangupby.decision.Finding.needs;
import static io.hangupby.decision.Finding.noMatch;
import static io.hangupby.decision.rules.Facts.endedBy;
import static io.hangupby.decision.rules.Facts.fact;

import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.OtherAgents;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.Role;
import io.hangupby.call.Segment;
import io.hangupby.call.Transfer.Mode;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Fact;
import io.hangupby.decision.Fact.Source;
import io.hangupby.decision.Finding;
import io.hangupby.decision.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides {@code agent-left}: {@code AGENT} if the agent left on purpose, otherwise {@code DISCONNECT}.
 *
 * <p>Matches when the agent's leg ended the conference, left before the customer's, left a conference that continues
 * with the customer, or left and the customer was the last. Without a conference, matches when the agent clicked or the
 * agent's call ended clearly before the customer's. Does not match when the agent's leg was removed, when Voice Insights
 * reports that the customer hung up and nothing says that the agent clicked, or while a transfer that this agent may have
 * started is active; a warm transfer that nobody accepted does not count if callbacks show the
 * order of leaving. Needs to know who ended the conference, who left first, who is in the conference, and the agent's
 * device. Needs the full history, because a transfer may be missing.
 */
final class AgentLeft implements DecisionRule {

    @Override
    public String id() {
        return "agent-left";
    }

    @Override
    public boolean isProvisional() {
        return true;
    }

    @Override
    public boolean needsFullHistory() {
        return true;
    }

    @Override
    public Finding evaluate(CallEvidence evidence) {
        return DequeuedCall.isWithoutConference(evidence) ? withoutConference(evidence) : fromConference(evidence);
    }

    private static Finding withoutConference(CallEvidence evidence) {
        if (evidence.isMarked()) {
            return hungUpOrDropped(
                    evidence, "with a click, without a conference", fact(Source.TASK, "there was no conference"));
        }
        return DequeuedCall.of(evidence)
                .match(
                        call -> noMatch("the customer's call ended first"),
                        () -> hungUpOrDropped(
                                evidence,
                                "before the customer, without a conference",
                                fact(Source.CALL, "the agent's call ended before the customer's")));
    }

    private static Finding fromConference(CallEvidence evidence) {
        Optional<Question> open = evidence.questions().whoEndedIt().or(evidence.questions()::whoLeftFirst);
        if (open.isPresent()) {
            return needs(open.get());
        }
        if (ReportedEnd.isCustomerWithoutAClick(evidence)) {
            return noMatch("Voice Insights reports that the customer hung up");
        }
        if (evidence.endedBy(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, Role.AGENT)) {
            return hungUpOrDropped(evidence, "and that ended the conference", endedBy(evidence, "the agent's leg"));
        }
        if (evidence.agentWasTakenOut()) {
            return noMatch("the agent's leg was removed");
        }
        Segment segment = evidence.segment();
        OtherAgents others = evidence.otherAgents();
        boolean leftFirst = evidence.agentLeftFirst() && leftOnOwnAccord(evidence);
        if (leftFirst && !others.hasActiveTransferBy(segment.reservation(), segment.left(), Mode.WARM)) {
            return hungUpOrDropped(
                    evidence,
                    "before the customer left",
                    fact(Source.CALLBACKS, "the agent's leg left before the customer's, participant_hung_up"));
        }
        if (others.hasActiveTransferBy(segment.reservation(), segment.left())) {
            return noMatch("the agent was transferring the call");
        }
        if (evidence.endedBy(EndReason.LAST_PARTICIPANT_LEFT, Role.CUSTOMER) && !others.anyPresentAt(segment.left())) {
            return hungUpOrDropped(
                    evidence, "and the customer was the last to leave", endedBy(evidence, "the customer's leg"));
        }
        return evidence.questions()
                .whoIsIn()
                .or(evidence.questions()::whetherTheAgentIsIn)
                .map(Finding::needs)
                .orElseGet(() -> leftWhatGoesOn(evidence));
    }

    private static boolean leftOnOwnAccord(CallEvidence evidence) {
        return evidence.agentLeave().stream().anyMatch(ParticipantLeft::leftOnOwnAccord);
    }

    private static Finding leftWhatGoesOn(CallEvidence evidence) {
        return evidence.isOngoing() && evidence.isSettled() && evidence.isPresent(Role.CUSTOMER)
                ? hungUpOrDropped(
                        evidence,
                        "and the conference continues with the customer",
                        fact(
                                evidence.presenceSource(),
                                "the conference continues with the customer and without the agent"))
                : leftWhatEndedLater(evidence);
    }

    /**
     * A customer who left with a conference that ended later was in it when the agent left. An agent who left on purpose may
     * have left the customer with an outside party.
     */
    private static Finding leftWhatEndedLater(CallEvidence evidence) {
        Finding unknown = noMatch("the agent's leg is not known to have left on its own");
        if (!evidence.conferenceWentOn() || evidence.isOngoing()) {
            return unknown;
        }
        Optional<CallSid> unasked = evidence.customerLeg().filter(leg -> !evidence.hasAsked(leg));
        if (unasked.isPresent()) {
            return needs(Question.callOf(unasked.get()));
        }
        if (!customerLeftWithTheConference(evidence)) {
            return unknown;
        }
        Fact later = fact(Source.CONFERENCE, "the conference continued with the customer and without the agent");
        return AgentIntent.of(evidence)
                .match(
                        sign -> unknown,
                        sign -> dropped(evidence, "and the conference ended later with the customer", later, sign));
    }

    private static boolean customerLeftWithTheConference(CallEvidence evidence) {
        Optional<Instant> over = evidence.conference().filter(Conference::ended).flatMap(Conference::updated);
        Optional<Instant> call = evidence.customerLeg().flatMap(evidence::call).flatMap(Call::ended);
        return over.stream()
                .anyMatch(end -> call.stream()
                        .anyMatch(ended -> evidence.isAfterAgentLeft(ended)
                                && Duration.between(ended, end).abs().compareTo(DequeuedCall.CLEARLY) < 0));
    }

    /** Each way of leaving has words of its own, so that a log line says which of them matched. */
    private static Finding hungUpOrDropped(CallEvidence evidence, String way, Fact left) {
        return AgentIntent.of(evidence)
                .match(
                        sign -> matches(EndedBy.AGENT, "the agent hung up, " + way, left, sign),
                        sign -> dropped(evidence, way, left, sign));
    }

    private static Finding dropped(CallEvidence evidence, String way, Fact left, Fact sign) {
        return Finding.matches(
                EndedBy.DISCONNECT,
                "the agent's browser disconnected without a click, " + way,
                left,
                evidence.markerFact(),
                sign);
    }
}
