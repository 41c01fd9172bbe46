package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.matches;
import static io.hangupby.decision.Finding.needs;
import static io.hangupby.decision.Finding.noMatch;
import static io.hangupby.decision.rules.Facts.customersCall;
import static io.hangupby.decision.rules.Facts.endedBy;
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
import io.hangupby.decision.Stability;
import java.util.Optional;

/**
 * Decides {@code customer-left}: {@code CUSTOMER}.
 *
 * <p>Matches when status callbacks say that the customer hung up before the agent left, or the conference ended because
 * the customer's leg left. Also matches when the customer's Call is {@code completed} although the conference continued
 * or there was no conference. Does not match when the agent is known to have left first. Needs to know who left first
 * and who is in the conference. Needs the customer's Call if the customer is not in a conference in progress.
 */
final class CustomerLeft implements DecisionRule {

    @Override
    public String id() {
        return "customer-left";
    }

    @Override
    public Stability stability() {
        return Stability.FINAL;
    }

    @Override
    public boolean needsFullHistory() {
        return false;
    }

    @Override
    public Finding evaluate(CallEvidence evidence) {
        Optional<Question> open = evidence.mustAskWhoLeftFirst();
        if (open.isPresent()) {
            return needs(open.get());
        }
        if (evidence.customerLeftFirst() && hungUp(evidence)) {
            return matches(
                    EndedBy.CUSTOMER,
                    "the customer hung up",
                    fact(Source.CALLBACKS, "the customer's leg left before the agent's, participant_hung_up"));
        }
        if (evidence.endedBy(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, Role.CUSTOMER)) {
            return matches(EndedBy.CUSTOMER, "the customer hung up", endedBy(evidence, "the customer's leg"));
        }
        if (evidence.agentLeftFirst()) {
            return noMatch("the agent's leg had left before the customer's");
        }
        return evidence.mustAskWhoIsIn()
                .or(() -> mustAskForTheCall(evidence))
                .map(Finding::needs)
                .orElseGet(() -> byCall(evidence));
    }

    private static boolean hungUp(CallEvidence evidence) {
        return evidence.customerLeave().stream().anyMatch(left -> left.is(Reason.PARTICIPANT_HUNG_UP));
    }

    private static Optional<Question> mustAskForTheCall(CallEvidence evidence) {
        return evidence.customerLeg()
                .filter(leg -> !evidence.hasAsked(leg) && isOutsideTheConference(evidence))
                .map(Question.CallOf::new);
    }

    private static boolean isOutsideTheConference(CallEvidence evidence) {
        boolean leftWithTheConference = evidence.customerLeave().stream().anyMatch(ParticipantLeft::isConsequenceOfEnd);
        boolean isNotIn =
                evidence.conference().isEmpty() || (evidence.isOngoing() && !evidence.isPresent(Role.CUSTOMER));
        return isNotIn && !leftWithTheConference;
    }

    private static Finding byCall(CallEvidence evidence) {
        return evidence.customerLeg()
                .flatMap(evidence::call)
                .filter(call -> call.status() == Call.Status.COMPLETED && endedByItself(evidence, call))
                .map(call -> matches(EndedBy.CUSTOMER, "the customer's call ended on its own", customersCall(call)))
                .orElse(noMatch("the customer's leg is not known to have left on its own"));
    }

    /** If the agent was still present, or nobody had joined yet, the conference did not end the customer's Call. */
    private static boolean endedByItself(CallEvidence evidence, Call call) {
        boolean endedAfterAgentLeft = call.ended().stream().anyMatch(evidence::isAfterAgentLeft);
        return isOutsideTheConference(evidence) && (evidence.conference().isEmpty() || !endedAfterAgentLeft);
    }
}
