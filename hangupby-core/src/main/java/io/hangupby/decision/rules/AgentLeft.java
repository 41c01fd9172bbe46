package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.matches;
import static io.hangupby.decision.Finding.needs;
import static io.hangupby.decision.Finding.noMatch;
import static io.hangupby.decision.rules.Facts.endOfConference;
import static io.hangupby.decision.rules.Facts.fact;

import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.ParticipantLeft.Reason;
import io.hangupby.call.Role;
import io.hangupby.call.Segment;
import io.hangupby.call.Transfer;
import io.hangupby.call.Transfer.Mode;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Fact;
import io.hangupby.decision.Fact.Source;
import io.hangupby.decision.Finding;
import io.hangupby.decision.Question;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides {@code agent-left}: {@code AGENT} if the agent left on purpose, {@code DISCONNECT} if a browser's leg left without a
 * marker. If a plugin is installed and no marker counts, does not match if the agent's device is not known, or if an unclear marker
 * leaves a browser's leg undecided.
 *
 * <p>In a conference, the first of these that is true decides. A transfer is pending while it is active, no agent has joined by
 * it, and this agent or an unknown agent started it.
 *
 * <ol>
 *   <li>Voice Insights reports that the customer hung up: no match. The report does not count if there is a marker, or if a
 *       status callback says when the customer left.
 *   <li>The agent's leg left and that ended the conference: match, even in a transfer.
 *   <li>The agent's leg was removed: no match.
 *   <li>Status callbacks say that the agent hung up before the customer left: match, if each pending transfer is warm.
 *   <li>A transfer is pending: no match.
 *   <li>The conference ended when the customer left last, and no other agent was present when this agent left: match.
 *   <li>The conference was seen to go on with the customer and without the agent: match.
 *   <li>The conference ended later, and the customer's Call together with it: match as {@code DISCONNECT} only. An agent who
 *       left on purpose may have left the customer with an outside party.
 * </ol>
 *
 * <p>Without a conference, matches when the agent clicked, or when the agent's Call ended two seconds or more before the
 * customer's. Transfers do not count then.
 *
 * <p>Needs to know who ended the conference, who left first, who is in the conference, and the agent's device. Needs the
 * customer's Call if the conference ended later. Without a conference, needs the customer's Call and its child calls. Needs the
 * full history, because a transfer may be missing.
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
            return matches(
                    EndedBy.AGENT,
                    "the agent hung up, with a click, without a conference",
                    fact(Source.TASK, "there was no conference"),
                    evidence.markerFact());
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
        if (evidence.conferenceEndedBy(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, Role.AGENT)) {
            return hungUpOrDropped(
                    evidence, "and that ended the conference", endOfConference(evidence, "the agent's leg"));
        }
        if (evidence.agentWasTakenOut()) {
            return noMatch("the agent's leg was removed");
        }
        Segment segment = evidence.segment();
        List<Transfer> pending = evidence.otherAgents().pendingTransfers(segment.reservation(), segment.left());
        if (hungUpFirst(evidence) && pending.stream().allMatch(transfer -> transfer.is(Mode.WARM))) {
            return hungUpOrDropped(
                    evidence,
                    "before the customer left",
                    fact(Source.CALLBACKS, "the agent's leg left before the customer's, participant_hung_up"));
        }
        if (!pending.isEmpty()) {
            return noMatch("the agent was transferring the call");
        }
        if (customerWasLast(evidence)) {
            return hungUpOrDropped(
                    evidence,
                    "and the customer was the last to leave",
                    endOfConference(evidence, "the customer's leg"));
        }
        return evidence.questions()
                .whoIsIn()
                .or(evidence.questions()::whetherTheAgentIsIn)
                .map(Finding::needs)
                .orElseGet(() -> byWhoStayed(evidence));
    }

    private static boolean hungUpFirst(CallEvidence evidence) {
        return evidence.agentLeftFirstByCallbacks()
                && evidence.agentLeave().stream().anyMatch(left -> left.is(Reason.PARTICIPANT_HUNG_UP));
    }

    private static boolean customerWasLast(CallEvidence evidence) {
        return evidence.conferenceEndedBy(EndReason.LAST_PARTICIPANT_LEFT, Role.CUSTOMER)
                && !evidence.otherAgents().anyPresentAt(evidence.segment().left());
    }

    private static Finding byWhoStayed(CallEvidence evidence) {
        if (evidence.wasSeenToGoOn() && evidence.apiHasSettled() && evidence.isPresent(Role.CUSTOMER)) {
            return hungUpOrDropped(
                    evidence,
                    "and the conference continues with the customer",
                    fact(
                            evidence.presenceSource(),
                            "the conference continues with the customer and without the agent"));
        }
        return endedLater(evidence)
                ? fromConferenceThatEndedLater(evidence)
                : noMatch("the agent's leg is not known to have left on its own");
    }

    /** Returns whether the conference ended after the agent had left, before anything showed who had stayed. */
    private static boolean endedLater(CallEvidence evidence) {
        return evidence.conferenceWentOn() && !evidence.wasSeenToGoOn();
    }

    /** A customer who left together with a conference that ended later was in it when the agent left. */
    private static Finding fromConferenceThatEndedLater(CallEvidence evidence) {
        Optional<CallSid> unasked = evidence.customerLeg().filter(leg -> !evidence.hasAsked(leg));
        if (unasked.isPresent()) {
            return needs(Question.callOf(unasked.get()));
        }
        if (!customerLeftWithTheConference(evidence)) {
            return noMatch("the customer is not known to have stayed when the agent's leg left");
        }
        Fact later = fact(Source.CONFERENCE, "the conference continued with the customer and without the agent");
        return AgentIntent.of(evidence)
                .match(
                        sign -> noMatch("the agent may have left the customer with an outside party"),
                        sign -> dropped(evidence, "and the conference ended later with the customer", later, sign));
    }

    private static boolean customerLeftWithTheConference(CallEvidence evidence) {
        Optional<Instant> over = evidence.conference().filter(Conference::ended).flatMap(Conference::updated);
        Optional<Instant> call = evidence.customerLeg().flatMap(evidence::call).flatMap(Call::ended);
        return over.stream()
                .anyMatch(end -> call.stream()
                        .anyMatch(ended ->
                                evidence.isOverASecondAfterAgentLeft(ended) && EndTimes.isTogether(ended, end)));
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
