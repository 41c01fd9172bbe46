package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.needs;
import static io.hangupby.decision.Finding.noMatch;
import static io.hangupby.decision.Finding.notApplicable;
import static io.hangupby.decision.rules.Facts.fact;

import io.hangupby.call.CallSid;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.Fact.Source;
import io.hangupby.decision.Finding;
import io.hangupby.decision.Question;
import java.util.Optional;

/**
 * Decides {@code not-a-customer-call}: nothing is written.
 *
 * <p>Matches when an agent called an agent ({@code client_call: true}), when no leg of a customer is named, or when the
 * customer's Call had ended before this agent accepted: a voicemail, a callback. Does not match when a customer was on a
 * line. Needs the customer's Call if there was no conference.
 */
final class NotACustomerCall implements DecisionRule {

    @Override
    public String id() {
        return "not-a-customer-call";
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
        if (evidence.isInternal()) {
            return notApplicable("an agent called another agent", fact(Source.TASK, "client_call is true"));
        }
        Optional<CallSid> customer = evidence.customerLeg();
        if (customer.isEmpty()) {
            return notApplicable("no customer was on a line", fact(Source.TASK, "no leg of a customer is named"));
        }
        if (evidence.isOverBeforeAccepted()) {
            return notApplicable(
                    "the customer's call had ended before the agent accepted",
                    evidence.call(customer.get()).map(Facts::customersCall).orElseThrow());
        }
        return DequeuedCall.isWithoutConference(evidence) && !evidence.hasAsked(customer.get())
                ? needs(Question.callOf(customer.get()))
                : noMatch("a customer was on a line");
    }
}
