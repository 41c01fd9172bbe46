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

/**
 * Whether the conference went on with the customer after the agent left. It did if the conference did not end with this segment,
 * and the customer is not known to have left before the agent. The customer is known to have left before if:
 *
 * <ul>
 *   <li>status callbacks say so; or
 *   <li>they do not show the order of leaving, the customer was not seen in a conference that goes on, and the customer's Call ended
 *       two seconds or more before the agent left; or
 *   <li>the conference was seen to go on without the customer, and the customer's Call did not end more than a second after the
 *       agent left.
 * </ul>
 *
 * <p>Needs to know who ended the conference, who left first and who is in the conference. Needs the customer's Call, unless
 * callbacks show the order of leaving or the conference was seen to go on with the customer.
 */
sealed interface CustomerStayed {

    /** The conference went on, and the customer is not known to have left before the agent. */
    record Yes() implements CustomerStayed {}

    /** The conference ended with this segment, or the customer is known to have left before the agent. */
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
        if (!evidence.conferenceWentOn() || evidence.customerLeftFirstByCallbacks()) {
            return new No();
        }
        return isShown(evidence) ? new Yes() : byCall(evidence);
    }

    /** The order of leaving, and Participants that list the customer, say that the customer stayed. */
    private static boolean isShown(CallEvidence evidence) {
        boolean orderIsKnown =
                evidence.customerLeave().isPresent() && evidence.agentLeave().isPresent();
        return orderIsKnown || (evidence.wasSeenToGoOn() && evidence.isPresent(Role.CUSTOMER));
    }

    /** The customer may have left after the agent: a list of participants that is read later shows no absence. */
    private static CustomerStayed byCall(CallEvidence evidence) {
        Optional<CallSid> unasked = evidence.customerLeg().filter(leg -> !evidence.hasAsked(leg));
        if (unasked.isPresent()) {
            return new Unclear(Question.callOf(unasked.get()));
        }
        Optional<Instant> ended = evidence.customerLeg().flatMap(evidence::call).flatMap(Call::ended);
        boolean leftLater = ended.stream().anyMatch(evidence::isOverASecondAfterAgentLeft);
        boolean leftEarlier = ended.stream()
                .anyMatch(at -> EndTimes.isClearlyBefore(at, evidence.segment().left()));
        return leftEarlier || (evidence.wasSeenToGoOn() && !leftLater) ? new No() : new Yes();
    }

    /** Returns the finding for a customer who stayed. Otherwise returns the question that is needed, or no match. */
    default Finding match(Supplier<Finding> stayed) {
        if (this instanceof Unclear unclear) {
            return needs(unclear.question());
        }
        return this instanceof Yes ? stayed.get() : noMatch("the conference did not continue with the customer");
    }
}
