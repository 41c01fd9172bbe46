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
 * <p>Matches when this agent started a cold transfer that had not failed or been cancelled when the agent left; or it was
 * cancelled because the customer's leg was moved on through the API right after it began. Does not match when the
 * customer is known to have hung up before the agent left. Needs to know whose leg left after the customer's, if the leg
 * could be this agent's. The verdict can change if later callbacks say that the customer left first.
 */
final class ColdTransfer implements DecisionRule {
    /** A plugin takes this long at most for the steps of a transfer. */
    private static final Duration STEPS = Duration.ofSeconds(5);

    /** An agent who starts a transfer by mistake takes longer than this to cancel it. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

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
        return active.isPresent() ? unlessCustomerHungUp(evidence) : cancelledByMove(evidence);
    }

    private static Finding unlessCustomerHungUp(CallEvidence evidence) {
        if (evidence.customerLeftFirst() && !evidence.customerWasTakenOut()) {
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
    private static Finding cancelledByMove(CallEvidence evidence) {
        if (evidence.otherAgents().transfers().stream().noneMatch(transfer -> isCancelledAtOnce(transfer, evidence))) {
            return noMatch("this agent had no active cold transfer");
        }
        return CustomerMove.in(evidence)
                .match(
                        number -> noMatch("the customer was sent to a number"),
                        () -> matches(
                                EndedBy.COLD_TRANSFER,
                                "the agent transferred the customer, who was moved on at once",
                                fact(Source.EVENTS, "this agent's cold transfer was cancelled right after it began"),
                                fact(Source.CALL, "the customer's call continued outside the conference")));
    }

    /** Callbacks say when the customer was moved. Without them, only a program cancels a transfer so fast. */
    private static boolean isCancelledAtOnce(Transfer transfer, CallEvidence evidence) {
        Segment segment = evidence.segment();
        Optional<Instant> moved = evidence.customerLeave().map(ParticipantLeft::at);
        return transfer.is(segment.reservation(), Mode.COLD)
                && !transfer.started().isAfter(segment.left())
                && transfer.failedAt().stream()
                        .anyMatch(failed -> isAtOnce(transfer, failed, moved.isPresent() ? STEPS : AT_ONCE))
                && moved.stream().allMatch(at -> isAtOnce(transfer, at, STEPS));
    }

    private static boolean isAtOnce(Transfer transfer, Instant moment, Duration time) {
        return Duration.between(transfer.started(), moment).abs().compareTo(time) <= 0;
    }
}
