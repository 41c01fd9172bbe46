package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.needs;
import static io.hangupby.decision.Finding.noMatch;

import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.Role;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.Finding;
import io.hangupby.decision.Question;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Whether the customer's leg was moved out of the conference through the API before the agent's leg left, and where to.
 * The Conference does not distinguish a hang-up from a move to a survey or to a number. The customer's Call does, and
 * so does the reason in a status callback.
 */
sealed interface CustomerMove {
    /**
     * The customer was moved to a telephone or SIP address.
     *
     * @param address the new destination
     */
    record MovedToNumber(Address address) implements CustomerMove {}

    /** The customer was moved, but not to a number: to a survey or a flow. */
    record MovedElsewhere() implements CustomerMove {}

    /**
     * The customer is not known to have been moved.
     *
     * @param why one sentence for people
     */
    record NotMoved(String why) implements CustomerMove {}

    /**
     * The result depends on Twilio's reply: who left first, who is in the conference, the customer's Call or its child calls.
     *
     * @param question the question
     */
    record Unclear(Question question) implements CustomerMove {}

    static CustomerMove in(CallEvidence evidence) {
        Optional<Question> open = evidence.questions()
                .whoLeftFirst()
                .or(() -> evidence.customerLeave().isPresent()
                        ? Optional.empty()
                        : evidence.questions().whoIsIn());
        if (open.isPresent()) {
            return new Unclear(open.get());
        }
        return evidence.customerLeg()
                .map(leg -> customerIsGone(evidence) ? whereTo(evidence, leg) : beforeAnotherLegEndedIt(evidence, leg))
                .orElseGet(CustomerMove::notKnownToBeMoved);
    }

    /**
     * If another party ended a talk of three, the customer may have been moved before. If the agent's leg ended it, a Call that
     * continues to no number says nothing: the customer's flow can continue when the conference has ended.
     */
    private static CustomerMove beforeAnotherLegEndedIt(CallEvidence evidence, CallSid customer) {
        boolean isPossible = evidence.conference()
                        .filter(Conference::ended)
                        .flatMap(Conference::endingLeg)
                        .isPresent()
                && !evidence.conferenceWentOn()
                && evidence.endingRole() != Role.CUSTOMER
                && evidence.customerLeave().isEmpty()
                && evidence.call(customer).stream().anyMatch(call -> call.status() == Call.Status.IN_PROGRESS);
        if (!isPossible) {
            return notKnownToBeMoved();
        }
        if (evidence.endingRole() != Role.AGENT) {
            return whereTo(evidence, customer);
        }
        if (!evidence.hasAskedChildren(customer)) {
            return new Unclear(Question.childrenOf(customer));
        }
        return sentTo(evidence, customer)
                .<CustomerMove>map(MovedToNumber::new)
                .orElseGet(CustomerMove::notKnownToBeMoved);
    }

    private static boolean customerIsGone(CallEvidence evidence) {
        if (evidence.customerLeave().flatMap(ParticipantLeft::reason).isPresent()) {
            return evidence.customerWasTakenOut();
        }
        return evidence.conferenceEndedBy(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, Role.CUSTOMER)
                || evidence.conferenceEndedBy(EndReason.LAST_PARTICIPANT_LEFT, Role.AGENT)
                || (evidence.wasSeenToGoOn() && !evidence.isPresent(Role.CUSTOMER));
    }

    private static CustomerMove whereTo(CallEvidence evidence, CallSid customer) {
        if (!evidence.hasAsked(customer)) {
            return new Unclear(Question.callOf(customer));
        }
        Optional<Call> call = evidence.call(customer).filter(found -> wentOn(evidence, found));
        if (call.isEmpty()) {
            return new NotMoved("the customer's call did not continue without the agent");
        }
        if (!evidence.hasAskedChildren(customer)) {
            return new Unclear(Question.childrenOf(customer));
        }
        Optional<Address> number = sentTo(evidence, customer);
        if (number.isPresent()) {
            return new MovedToNumber(number.get());
        }
        // Twilio's API can lag: a Call that reads as open right after the leg left may have ended with the conference,
        // and a child call to a number may not be listed yet.
        boolean isCertain = call.get().status() != Call.Status.IN_PROGRESS
                || evidence.hasAskedAgain(customer)
                || (evidence.customerWasTakenOut() && evidence.isMarked());
        return isCertain ? new MovedElsewhere() : new Unclear(Question.callStillOpen(customer));
    }

    /** Returns the number that a child call of the customer's Call went to, if that child call outlived this segment. */
    private static Optional<Address> sentTo(CallEvidence evidence, CallSid customer) {
        return evidence.children().getOrDefault(customer, List.of()).stream()
                .filter(call -> call.status().isOpen()
                        || call.ended().stream()
                                .anyMatch(end -> end.isAfter(evidence.segment().left())))
                .map(Call::to)
                .flatMap(Optional::stream)
                .filter(to -> !to.isBrowser())
                .findFirst();
    }

    private static boolean wentOn(CallEvidence evidence, Call call) {
        return call.status() == Call.Status.IN_PROGRESS || outlivedTheConference(evidence, call);
    }

    private static boolean outlivedTheConference(CallEvidence evidence, Call call) {
        Optional<Instant> left = evidence.customerLeave().map(ParticipantLeft::at);
        return left.or(() -> evidence.conferenceEndedAt()).stream()
                .anyMatch(over -> call.ended().stream().anyMatch(ended -> EndTimes.hasOutlived(ended, over)));
    }

    private static CustomerMove notKnownToBeMoved() {
        return new NotMoved("the customer's leg is not known to have been moved before the agent's leg left");
    }

    /** Returns the finding for a customer who was moved. Otherwise returns the question that is needed, or no match. */
    default Finding match(Function<Address, Finding> toNumber, Supplier<Finding> elsewhere) {
        if (this instanceof MovedToNumber moved) {
            return toNumber.apply(moved.address());
        }
        if (this instanceof NotMoved notMoved) {
            return noMatch(notMoved.why());
        }
        return this instanceof Unclear unclear ? needs(unclear.question()) : elsewhere.get();
    }
}
