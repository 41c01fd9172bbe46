package io.hangupby.decision;

import static io.hangupby.decision.Facts.fact;
import static io.hangupby.decision.Facts.goesOn;
import static io.hangupby.decision.Finding.matches;
import static io.hangupby.decision.Finding.noMatch;

import io.hangupby.call.OtherAgent;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.Role;
import io.hangupby.call.Transfer;
import io.hangupby.call.Transfer.Mode;
import io.hangupby.decision.Fact.Source;
import java.time.Instant;
import java.util.Optional;

/**
 * The rules for calls that go from one agent to another. They go by reservations and legs, not by a transfer's status:
 * TaskRouter completes a warm transfer when the other agent accepts, and that does not say who left first.
 */
final class TransferRules {
    private TransferRules() {}

    static Finding coldTransfer(CallEvidence evidence) {
        if (evidence.otherAgents()
                .activeTransfer(self(evidence), Mode.COLD, left(evidence))
                .isEmpty()) {
            return noMatch("this agent had no cold transfer under way");
        }
        if (evidence.customerLeftFirst()) {
            return noMatch("the customer had gone before the agent left");
        }
        return evidence.asksWhetherTheCustomerLeftFirst()
                .orElse(matches(
                        EndedBy.COLD_TRANSFER,
                        "the agent handed the customer on and left at once",
                        fact(
                                Source.EVENTS,
                                "this agent started a cold transfer, and it had not failed when the agent left")));
    }

    static Finding warmTransfer(CallEvidence evidence) {
        boolean joined = evidence.otherAgents().presentAt(left(evidence)).stream()
                .anyMatch(otherAgent -> otherAgent
                        .joinedVia()
                        .filter(transfer -> transfer.is(self(evidence), Mode.WARM))
                        .isPresent());
        if (!joined) {
            return noMatch("no colleague had joined by a warm transfer of this agent");
        }
        return withCustomer(
                evidence,
                matches(
                        EndedBy.WARM_TRANSFER,
                        "the agent left the customer with the colleague who had joined",
                        fact(Source.EVENTS, "a colleague had joined by this agent's warm transfer"),
                        goesOn()));
    }

    static Finding consult(CallEvidence evidence) {
        boolean starterIsIn = evidence.otherAgents()
                .joinedVia()
                .filter(transfer -> transfer.mode().filter(Mode.WARM::equals).isPresent())
                .flatMap(Transfer::startedBy)
                .filter(starter -> isIn(evidence, starter))
                .isPresent();
        if (!starterIsIn) {
            return noMatch("this agent was not asked in by an agent who was still there");
        }
        return withCustomer(
                evidence,
                matches(
                        EndedBy.CONSULT,
                        "the agent was consulted, and the customer stayed with the agent who had asked",
                        fact(Source.EVENTS, "the agent who started the warm transfer to this one had not left"),
                        goesOn()));
    }

    /** Applies where the conference went on, and the customer is not known to have gone. */
    private static Finding withCustomer(CallEvidence evidence, Finding matches) {
        Optional<Finding> question =
                evidence.asksWhoEndedIt().or(evidence::asksWhoLeftFirst).or(evidence::asksWhoIsIn);
        if (question.isPresent()) {
            return question.get();
        }
        boolean customerGone =
                evidence.customerLeftFirst() || (evidence.isOngoing() && !evidence.isPresent(Role.CUSTOMER));
        return evidence.wentOn() && !customerGone ? matches : noMatch("the conference did not go on with the customer");
    }

    private static boolean isIn(CallEvidence evidence, ReservationSid reservation) {
        return evidence.otherAgents().presentAt(left(evidence)).stream()
                .map(OtherAgent::reservation)
                .anyMatch(reservation::equals);
    }

    private static ReservationSid self(CallEvidence evidence) {
        return evidence.segment().reservation();
    }

    private static Instant left(CallEvidence evidence) {
        return evidence.segment().left();
    }
}
