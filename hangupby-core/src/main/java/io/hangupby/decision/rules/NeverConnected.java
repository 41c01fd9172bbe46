package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.matches;
import static io.hangupby.decision.Finding.needs;
import static io.hangupby.decision.Finding.noMatch;
import static io.hangupby.decision.Finding.notApplicable;
import static io.hangupby.decision.rules.Facts.customersCall;

import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Role;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Finding;
import io.hangupby.decision.Question;
import java.util.Optional;

/**
 * Decides {@code never-connected}: nothing is written, or {@code AGENT} if the agent gave up.
 *
 * <p>Matches when the agent called out and the customer's Call is {@code busy}, {@code no-answer} or {@code failed}, or
 * still rings; or is {@code canceled}, because the agent gave up. Does not match an inbound call, or a customer who
 * joined the conference. Needs to know who is in a conference in progress, and the customer's Call.
 */
final class NeverConnected implements DecisionRule {

    @Override
    public String id() {
        return "never-connected";
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
        if (!evidence.isOutbound()) {
            return noMatch("the customer called in");
        }
        if (evidence.customerLeg().stream().anyMatch(evidence.participantLog()::hasJoined)) {
            return noMatch("the customer joined the conference");
        }
        Optional<Question> open = evidence.questions().whoIsIn();
        if (open.isPresent()) {
            return needs(open.get());
        }
        if (evidence.isPresent(Role.CUSTOMER)) {
            return noMatch("the customer is in the conference");
        }
        return evidence.customerLeg()
                .map(leg -> byCall(evidence, leg))
                .orElse(noMatch("no leg of a customer is known"));
    }

    private static Finding byCall(CallEvidence evidence, CallSid customer) {
        if (!evidence.hasAsked(customer)) {
            return needs(Question.callOf(customer));
        }
        return evidence.call(customer)
                .map(call -> byStatus(evidence, call))
                .orElse(noMatch("Twilio has no call of the customer"));
    }

    private static Finding byStatus(CallEvidence evidence, Call call) {
        return switch (call.status()) {
            case BUSY, NO_ANSWER, FAILED -> notApplicable("the customer never picked up", customersCall(call));
            case CANCELED ->
                matches(EndedBy.AGENT, "the agent gave up before the customer picked up", customersCall(call));
            case QUEUED, RINGING ->
                evidence.hasAskedAgain(call.sid())
                        ? notApplicable("the customer had not picked up", customersCall(call))
                        : needs(Question.callStillOpen(call.sid()));
            case IN_PROGRESS, COMPLETED, OTHER -> noMatch("the customer's call did not fail");
        };
    }
}
