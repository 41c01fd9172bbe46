package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.needs;
import static io.hangupby.decision.Finding.noMatch;

import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Role;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.Finding;
import io.hangupby.decision.Question;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether the conference continued with the customer after the agent left. */
sealed interface CustomerStayed {

    /** The conference continued, and the customer is not known to have left. */
    record Yes() implements CustomerStayed {}

    /** The conference ended with this segment, or the customer is known to have left. */
    record No() implements CustomerStayed {}

    /**
     * The result depends on Twilio's reply.
     *
     * @param question the question
     */
    record Unclear(Question question) implements CustomerStayed {}

    static CustomerStayed in(CallEvidence evidence) {
        Optional<Question> open = evidence.mustAskWhoEndedIt()
                .or(evidence.questions()::whoLeftFirst)
                .or(evidence::mustAskWhoIsIn);
        if (open.isPresent()) {
            return new Unclear(open.get());
        }
        if (!evidence.conferenceEnd().wentOn() || evidence.customerLeftFirst()) {
            return new No();
        }
        return evidence.isOngoing() && !evidence.isPresent(Role.CUSTOMER) ? byCall(evidence) : new Yes();
    }

    /** The customer may have left after the agent: a list of participants that is read later shows no absence. */
    private static CustomerStayed byCall(CallEvidence evidence) {
        Optional<CallSid> unasked = evidence.customerLeg().filter(leg -> !evidence.hasAsked(leg));
        if (unasked.isPresent()) {
            return new Unclear(new Question.CallOf(unasked.get()));
        }
        boolean leftLater = evidence.customerLeg().flatMap(evidence::call).flatMap(Call::ended).stream()
                .anyMatch(evidence::isAfterAgentLeft);
        return leftLater ? new Yes() : new No();
    }

    /** Returns the finding for a customer who stayed. Otherwise returns the question that is needed, or no match. */
    default Finding match(Supplier<Finding> stayed) {
        if (this instanceof Unclear unclear) {
            return needs(unclear.question());
        }
        return this instanceof Yes ? stayed.get() : noMatch("the conference did not continue with the customer");
    }
}
