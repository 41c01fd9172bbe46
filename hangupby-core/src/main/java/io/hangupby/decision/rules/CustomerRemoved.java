package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.matches;
import static io.hangupby.decision.Finding.noMatch;
import static io.hangupby.decision.rules.Facts.endOfConference;
import static io.hangupby.decision.rules.Facts.fact;

import io.hangupby.call.Call;
import io.hangupby.call.ParticipantLeft.Reason;
import io.hangupby.call.Role;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Fact;
import io.hangupby.decision.Fact.Source;
import io.hangupby.decision.Finding;

/**
 * Decides {@code customer-removed}: {@code AGENT}.
 *
 * <p>Matches when the conference ended because the customer's leg was kicked. Also matches when a status callback says
 * that the customer's leg was removed before the agent left, and the customer's Call is {@code completed}. Does not
 * match otherwise. Needs no question of its own, because earlier rules request the customer's Call.
 */
final class CustomerRemoved implements DecisionRule {

    @Override
    public String id() {
        return "customer-removed";
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
        boolean callEnded = evidence.customerLeg().flatMap(evidence::call).stream()
                .anyMatch(call -> call.status() == Call.Status.COMPLETED);
        if (evidence.customerWasTakenOut() && callEnded) {
            return removed(
                    "before the agent left",
                    fact(Source.CALLBACKS, "the customer's leg left, " + Reason.PARTICIPANT_UPDATED_VIA_API));
        }
        return evidence.conferenceEndedByRemovalOf(Role.CUSTOMER)
                ? removed("and that ended the conference", endOfConference(evidence, "the customer's leg"))
                : noMatch("the customer's leg was not removed");
    }

    private static Finding removed(String way, Fact how) {
        return matches(EndedBy.AGENT, "the customer was removed from the call, " + way, how);
    }
}
