package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.needs;
import static io.hangupby.decision.Finding.noMatch;

import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Role;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.Finding;
import io.hangupby.decision.OpenQuestions;
import io.hangupby.decision.Question;
import java.time.Instant;
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
        OpenQuestions questions = evidence.questions();
        Optional<Question> open = questions
                .whoEndedIt()
                .or(questions::whoLeftFirst)
                .or(questions::whoIsIn)
                .or(questions::whetherItIsSettled);
        if (open.isPresent()) {
            return new Unclear(open.get());
        }
        if (!evidence.conferenceWentOn() || evidence.customerLeftFirst()) {
            return new No();
        }
        return isShown(evidence) ? new Yes() : byCall(evidence);
    }

    /** The order of leaving, and Participants that list the customer, say that the customer stayed. */
    private static boolean isShown(CallEvidence evidence) {
        boolean orderIsKnown =
                evidence.customerLeave().isPresent() && evidence.agentLeave().isPresent();
        return orderIsKnown || (evidence.isOngoing() && evidence.isPresent(Role.CUSTOMER));
    }

    /** The customer may have left after the agent: a list of participants that is read later shows no absence. */
    private static CustomerStayed byCall(CallEvidence evidence) {
        Optional<CallSid> unasked = evidence.customerLeg().filter(leg -> !evidence.hasAsked(leg));
        if (unasked.isPresent()) {
            return new Unclear(Question.callOf(unasked.get()));
        }
        Optional<Instant> ended = evidence.customerLeg().flatMap(evidence::call).flatMap(Call::ended);
        boolean leftLater = ended.stream().anyMatch(evidence::isAfterAgentLeft);
        boolean leftEarlier = ended.stream()
                .anyMatch(at -> !at.plus(DequeuedCall.CLEARLY)
                        .isAfter(evidence.segment().left()));
        return leftEarlier || (evidence.isOngoing() && !leftLater) ? new No() : new Yes();
    }

    /** Returns the finding for a customer who stayed. Otherwise returns the question that is needed, or no match. */
    default Finding match(Supplier<Finding> stayed) {
        if (this instanceof Unclear unclear) {
            return needs(unclear.question());
        }
        return this instanceof Yes ? stayed.get() : noMatch("the conference did not continue with the customer");
    }
}
