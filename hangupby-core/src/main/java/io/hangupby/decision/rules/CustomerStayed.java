package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.needs;
import static io.hangupby.decision.Finding.noMatch;

import io.hangupby.call.Role;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.Finding;
import io.hangupby.decision.Question;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether the conference went on after the agent left, with the customer. */
sealed interface CustomerStayed {

    /** The conference went on, and the customer is not known to have gone. */
    record Yes() implements CustomerStayed {}

    /** The conference ended with this segment, or the customer is known to have gone. */
    record No() implements CustomerStayed {}

    /**
     * Only Twilio can tell.
     *
     * @param question what to ask
     */
    record Unclear(Question question) implements CustomerStayed {}

    static CustomerStayed in(CallEvidence evidence) {
        Optional<Question> open =
                evidence.mustAskWhoEndedIt().or(evidence::mustAskWhoLeftFirst).or(evidence::mustAskWhoIsIn);
        if (open.isPresent()) {
            return new Unclear(open.get());
        }
        boolean isGone = evidence.customerLeftFirst() || (evidence.isOngoing() && !evidence.isPresent(Role.CUSTOMER));
        return evidence.conferenceEnd().wentOn() && !isGone ? new Yes() : new No();
    }

    /** Returns the finding for a customer who stayed; otherwise that the question is needed, or no match. */
    default Finding match(Supplier<Finding> stayed) {
        if (this instanceof Unclear unclear) {
            return needs(unclear.question());
        }
        return this instanceof Yes ? stayed.get() : noMatch("the conference did not go on with the customer");
    }
}
