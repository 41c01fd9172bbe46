package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.needs;
import static io.hangupby.decision.Finding.noMatch;

import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.Finding;
import io.hangupby.decision.Question;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Which side went first in a call without a conference. TaskRouter's {@code dequeue} connects the customer's Call with the
 * agent's leg, which is its child call.
 */
sealed interface DequeuedCall {
    /**
     * The customer's Call ended first.
     *
     * @param call the customer's Call
     */
    record CustomerFirst(Call call) implements DequeuedCall {}

    /** The agent's leg ended first. */
    record AgentFirst() implements DequeuedCall {}

    /** Both ended at the same time, or the agent's leg is not known. */
    record NotKnown() implements DequeuedCall {}

    /**
     * The result depends on Twilio's reply.
     *
     * @param question the question
     */
    record Unclear(Question question) implements DequeuedCall {}

    /** Returns whether the call had no conference, as far as this segment is concerned. */
    static boolean isWithoutConference(CallEvidence evidence) {
        return evidence.isWithoutConference();
    }

    static DequeuedCall of(CallEvidence evidence) {
        Optional<CallSid> customer = evidence.customerLeg();
        if (customer.isEmpty()) {
            return new NotKnown();
        }
        CallSid leg = customer.get();
        if (!evidence.hasAsked(leg)) {
            return new Unclear(Question.callOf(leg));
        }
        if (!evidence.hasAskedChildren(leg)) {
            return new Unclear(Question.childrenOf(leg));
        }
        return evidence.call(leg).map(call -> between(evidence, call)).orElseGet(NotKnown::new);
    }

    private static DequeuedCall between(CallEvidence evidence, Call customer) {
        List<Call> children = evidence.children().getOrDefault(customer.sid(), List.of());
        if (children.isEmpty()) {
            // The agent was never connected, so nobody else can have ended the customer's Call.
            return customer.status() == Call.Status.COMPLETED ? new CustomerFirst(customer) : new NotKnown();
        }
        Optional<Instant> agentsEnd = agentsLeg(evidence, children).flatMap(Call::ended);
        if (agentsEnd.isEmpty()) {
            return new NotKnown();
        }
        if (customer.status().isOpen()) {
            return evidence.hasAskedAgain(customer.sid())
                    ? new AgentFirst()
                    : new Unclear(Question.callStillOpen(customer.sid()));
        }
        return customer.ended()
                .map(end -> between(customer, end, agentsEnd.get()))
                .orElseGet(NotKnown::new);
    }

    private static DequeuedCall between(Call customer, Instant customersEnd, Instant agentsEnd) {
        if (EndTimes.isClearlyBefore(customersEnd, agentsEnd)) {
            return new CustomerFirst(customer);
        }
        return EndTimes.isClearlyBefore(agentsEnd, customersEnd) ? new AgentFirst() : new NotKnown();
    }

    /** An instruction's "to" can send the call elsewhere, so the only child call is the agent's wherever it goes. */
    private static Optional<Call> agentsLeg(CallEvidence evidence, List<Call> children) {
        Optional<Address> device = evidence.segment().contact();
        return children.size() == 1
                ? Optional.of(children.get(0))
                : children.stream()
                        .filter(call -> call.to().stream()
                                .anyMatch(to -> device.stream().anyMatch(to::sameAs)))
                        .reduce((earlier, later) -> later);
    }

    /** Returns the device of the agent's leg, if there was no conference and the leg is known. */
    static Optional<Address> device(CallEvidence evidence) {
        return evidence.customerLeg()
                .filter(leg -> isWithoutConference(evidence))
                .map(leg -> evidence.children().getOrDefault(leg, List.of()))
                .flatMap(children -> agentsLeg(evidence, children))
                .flatMap(Call::to);
    }

    /** Returns the finding for either side. Otherwise returns the question that is needed, or no match. */
    default Finding match(Function<Call, Finding> customerFirst, Supplier<Finding> agentFirst) {
        if (this instanceof CustomerFirst first) {
            return customerFirst.apply(first.call());
        }
        if (this instanceof AgentFirst) {
            return agentFirst.get();
        }
        return this instanceof Unclear unclear
                ? needs(unclear.question())
                : noMatch("there was no conference, and it is not known which side's call ended first");
    }
}
