package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.noMatch;
import static io.hangupby.decision.Finding.notApplicable;
import static io.hangupby.decision.rules.Facts.fact;

import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.Fact.Source;
import io.hangupby.decision.Finding;
import io.hangupby.decision.Stability;

/**
 * Decides {@code not-a-customer-call}: nothing is written.
 *
 * <p>Matches when an agent called an agent ({@code client_call: true}), or when no leg of a customer is named: a voicemail, a
 * callback. Does not match when a customer was on a line. Needs no question.
 */
final class NotACustomerCall implements DecisionRule {

    @Override
    public String id() {
        return "not-a-customer-call";
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
        if (evidence.attributes().internal()) {
            return notApplicable("an agent called another agent", fact(Source.TASK, "client_call is true"));
        }
        return evidence.customerLeg().isEmpty()
                ? notApplicable("no customer was on a line", fact(Source.TASK, "no leg of a customer is named"))
                : noMatch("a customer was on a line");
    }
}
