package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.matches;
import static io.hangupby.decision.Finding.noMatch;
import static io.hangupby.decision.rules.Facts.fact;

import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.Segment;
import io.hangupby.call.Transfer;
import io.hangupby.call.Transfer.Mode;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Fact.Source;
import io.hangupby.decision.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides {@code cold-transfer}: {@code COLD_TRANSFER}.
 *
 * <p>Matches when this agent started a cold transfer that had not failed or been cancelled when the agent left. Does not match
 * if status callbacks say that the customer left before the agent, for any reason but a removal or a move through the API. Needs
 * to know whose leg left after the customer's, if the leg could be this agent's.
 *
 * <p>Also matches when a cold transfer of this agent failed or was cancelled at once, and a program moved the customer's leg on,
 * but not to a number. At once means within two seconds. If a status callback says when the customer left, that leave and the
 * transfer's end must each be within five seconds of the transfer's start. Needs the questions of {@link CustomerMove}.
 *
 * <p>The verdict can change if later callbacks say that the customer left first.
 */
final class ColdTransfer implements DecisionRule {
    /** A plugin takes this long at most for the steps of a transfer. */
    private static final Duration PROGRAM_STEPS = Duration.ofSeconds(5);

    /** An agent who starts a transfer by mistake takes longer than this to cancel it. */
    private static final Duration TOO_FAST_FOR_A_PERSON = Duration.ofSeconds(2);

    @Override
    public String id() {
        return "cold-transfer";
    }

    @Override
    public boolean isProvisional() {
        return true;
    }

    @Override
    public boolean needsFullHistory() {
        return false;
    }

    @Override
    public Finding evaluate(CallEvidence evidence) {
        Segment segment = evidence.segment();
        Optional<Transfer> active =
                evidence.otherAgents().activeTransfer(segment.reservation(), Mode.COLD, segment.left());
        return active.isPresent() ? unlessCustomerLeftFirst(evidence) : stoppedByMove(evidence);
    }

    private static Finding unlessCustomerLeftFirst(CallEvidence evidence) {
        if (evidence.customerLeftFirstByCallbacks() && !evidence.customerWasTakenOut()) {
            return noMatch("the customer had left before the agent");
        }
        return evidence.questions()
                .whetherTheCustomerLeftFirst()
                .map(Finding::needs)
                .orElseGet(() -> matches(
                        EndedBy.COLD_TRANSFER,
                        "the agent transferred the customer and left at once",
                        fact(
                                Source.EVENTS,
                                "this agent started a cold transfer, and it had not failed when the agent left")));
    }

    /** A plugin that transfers by putting the customer's Call into a queue again makes TaskRouter cancel the transfer. */
    private static Finding stoppedByMove(CallEvidence evidence) {
        if (evidence.otherAgents().transfers().stream().noneMatch(transfer -> wasStoppedAtOnce(transfer, evidence))) {
            return noMatch("this agent had no active cold transfer");
        }
        return CustomerMove.in(evidence)
                .match(
                        number -> noMatch("the customer was sent to a number"),
                        () -> matches(
                                EndedBy.COLD_TRANSFER,
                                "the agent transferred the customer, who was moved on at once",
                                fact(
                                        Source.EVENTS,
                                        "this agent's cold transfer failed or was cancelled right after it began"),
                                fact(Source.CALL, "the customer's call continued outside the conference")));
    }

    /** Callbacks say when the customer's leg left. Without them, only a program stops a transfer so fast. */
    private static boolean wasStoppedAtOnce(Transfer transfer, CallEvidence evidence) {
        Segment segment = evidence.segment();
        Optional<Instant> customerLeft = evidence.customerLeave().map(ParticipantLeft::at);
        Duration limit = customerLeft.isPresent() ? PROGRAM_STEPS : TOO_FAST_FOR_A_PERSON;
        return transfer.is(segment.reservation(), Mode.COLD)
                && !transfer.started().isAfter(segment.left())
                && transfer.failedAt().stream().anyMatch(stopped -> isWithin(limit, transfer.started(), stopped))
                && customerLeft.stream().allMatch(left -> isWithin(PROGRAM_STEPS, transfer.started(), left));
    }

    private static boolean isWithin(Duration limit, Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(limit) <= 0;
    }
}
