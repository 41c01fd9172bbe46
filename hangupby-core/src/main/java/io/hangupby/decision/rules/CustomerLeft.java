package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.matches;
import static io.hangupby.decision.Finding.needs;
import static io.hangupby.decision.Finding.noMatch;
import static io.hangupby.decision.rules.Facts.customersCall;
import static io.hangupby.decision.rules.Facts.endOfConference;
import static io.hangupby.decision.rules.Facts.fact;

import io.hangupby.call.Call;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ParticipantLeft.Reason;
import io.hangupby.call.Role;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Fact.Source;
import io.hangupby.decision.Finding;
import io.hangupby.decision.Question;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides {@code customer-left}: {@code CUSTOMER}.
 *
 * <p>In a conference, the first of these that is true decides:
 *
 * <ol>
 *   <li>Status callbacks say that the customer hung up before the agent left: match.
 *   <li>The customer's leg left and that ended the conference: match. Such an end does not belong to this segment if callbacks
 *       say that the agent hung up or was removed before.
 *   <li>Status callbacks say that the agent left first: no match.
 *   <li>The customer's Call ended two seconds or more before the agent's leg, and before the end of the conference if that end
 *       belongs to this segment: match.
 *   <li>The conference was seen to go on without the agent and the customer, and the customer's Call is completed: match. The
 *       Call must not have ended more than a second after the agent left. A Call without a time of its end matches, too.
 * </ol>
 *
 * <p>The last two count only if the Call is completed, the order of leaving is not known, the conference did not end by or with the
 * customer's leg, and the customer was not seen in a conference that goes on.
 *
 * <p>Without a conference, matches when the customer's Call ended two seconds or more before the agent's. Also matches when the
 * customer's Call is completed and has no child call, because no agent was connected. Does not match if the agent clicked.
 *
 * <p>Needs to know who left first, who is in the conference and, unless callbacks say it, the customer's Call. Without a
 * conference, needs the customer's Call and its child calls.
 */
final class CustomerLeft implements DecisionRule {

    @Override
    public String id() {
        return "customer-left";
    }

    @Override
    public boolean isProvisional() {
        return false;
    }

    @Override
    public boolean needsFullHistory() {
        return false;
    }

    @Override
    public Finding evaluate(CallEvidence evidence) {
        return DequeuedCall.isWithoutConference(evidence) ? withoutConference(evidence) : fromConference(evidence);
    }

    private static Finding withoutConference(CallEvidence evidence) {
        return evidence.isMarked()
                ? noMatch("there was no conference, and the agent clicked")
                : DequeuedCall.of(evidence)
                        .match(
                                call -> callEnded("first, without a conference", call),
                                () -> noMatch("the agent's call ended first"));
    }

    private static Finding fromConference(CallEvidence evidence) {
        Optional<Question> open = evidence.questions().whoLeftFirst();
        if (open.isPresent()) {
            return needs(open.get());
        }
        if (evidence.customerLeftFirstByCallbacks() && hungUp(evidence)) {
            return matches(
                    EndedBy.CUSTOMER,
                    "the customer hung up before the agent left",
                    fact(Source.CALLBACKS, "the customer's leg left before the agent's, participant_hung_up"));
        }
        if (evidence.conferenceEndedBy(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, Role.CUSTOMER)) {
            return matches(
                    EndedBy.CUSTOMER,
                    "the customer hung up, and that ended the conference",
                    endOfConference(evidence, "the customer's leg"));
        }
        if (evidence.agentLeftFirstByCallbacks()) {
            return noMatch("the agent's leg had left before the customer's");
        }
        return evidence.questions()
                .whoIsIn()
                .or(() -> mustAskForTheCall(evidence))
                .map(Finding::needs)
                .orElseGet(() -> byCall(evidence));
    }

    private static boolean hungUp(CallEvidence evidence) {
        return evidence.customerLeave().stream().anyMatch(left -> left.is(Reason.PARTICIPANT_HUNG_UP));
    }

    private static Optional<Question> mustAskForTheCall(CallEvidence evidence) {
        return evidence.customerLeg()
                .filter(leg -> !evidence.hasAsked(leg) && mayHaveLeft(evidence))
                .map(Question::callOf);
    }

    /** The Conference names who left last, and not who had left before: the customer may have left a talk of three. */
    private static boolean mayHaveLeft(CallEvidence evidence) {
        boolean leftWithTheConference = evidence.customerLeave().stream().anyMatch(ParticipantLeft::isConsequenceOfEnd);
        boolean orderIsKnown =
                evidence.customerLeave().isPresent() && evidence.agentLeave().isPresent();
        return !leftWithTheConference && !orderIsKnown && !customersLegEndedIt(evidence) && !isSeenInIt(evidence);
    }

    /** Such a leg left as the last, ended the conference when it left, or was removed: it did not leave before. */
    private static boolean customersLegEndedIt(CallEvidence evidence) {
        return evidence.endingRole() == Role.CUSTOMER;
    }

    private static boolean isSeenInIt(CallEvidence evidence) {
        return evidence.wasSeenToGoOn() && evidence.isPresent(Role.CUSTOMER);
    }

    private static Finding byCall(CallEvidence evidence) {
        return evidence.customerLeg()
                .flatMap(evidence::call)
                .filter(call -> call.status() == Call.Status.COMPLETED && mayHaveLeft(evidence))
                .map(call -> byCompletedCall(evidence, call))
                .orElseGet(CustomerLeft::notKnown);
    }

    private static Finding byCompletedCall(CallEvidence evidence, Call call) {
        if (endedFirst(evidence, call)) {
            return callEnded("before the agent's leg and the conference", call);
        }
        return endedWhileConferenceWentOn(evidence, call)
                ? callEnded("while the conference continued", call)
                : notKnown();
    }

    private static Finding notKnown() {
        return noMatch("the customer's leg is not known to have left on its own");
    }

    /** The end of a conference ends the customer's Call at the same time. A Call that ended clearly before did not. */
    private static boolean endedFirst(CallEvidence evidence, Call call) {
        return Stream.concat(Stream.of(evidence.segment().left()), evidence.conferenceEndedAt().stream())
                .allMatch(moment -> call.ended().stream().anyMatch(ended -> EndTimes.isClearlyBefore(ended, moment)));
    }

    /** The conference did not end the customer's Call. If the Call ended after the agent had left, the agent left first. */
    private static boolean endedWhileConferenceWentOn(CallEvidence evidence, Call call) {
        return evidence.wasSeenToGoOn() && call.ended().stream().noneMatch(evidence::isOverASecondAfterAgentLeft);
    }

    private static Finding callEnded(String when, Call call) {
        return matches(EndedBy.CUSTOMER, "the customer's call ended " + when, customersCall(call));
    }
}
