package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.matches;
import static io.hangupby.decision.Finding.noMatch;
import static io.hangupby.decision.rules.Facts.fact;

import io.hangupby.call.Segment;
import io.hangupby.call.Transfer.Mode;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Fact.Source;
import io.hangupby.decision.Finding;
import io.hangupby.decision.Stability;

/**
 * Decides {@code cold-transfer}: {@code COLD_TRANSFER}.
 *
 * <p>Matches when this agent started a cold transfer that had not failed or been cancelled when the agent left. Does
 * not match when the customer is known to have left before the agent. Needs to know whose leg left after the
 * customer's, if the leg could be this agent's. The verdict can change if later callbacks say that the customer left
 * first.
 */
final class ColdTransfer implements DecisionRule {

    @Override
    public String id() {
        return "cold-transfer";
    }

    @Override
    public Stability stability() {
        return Stability.PROVISIONAL;
    }

    @Override
    public boolean needsFullHistory() {
        return false;
    }

    @Override
    public Finding evaluate(CallEvidence evidence) {
        Segment segment = evidence.segment();
        if (evidence.otherAgents()
                .activeTransfer(segment.reservation(), Mode.COLD, segment.left())
                .isEmpty()) {
            return noMatch("this agent had no active cold transfer");
        }
        if (evidence.customerLeftFirst()) {
            return noMatch("the customer had left before the agent");
        }
        return evidence.mustAskWhetherTheCustomerLeftFirst()
                .map(Finding::needs)
                .orElse(matches(
                        EndedBy.COLD_TRANSFER,
                        "the agent transferred the customer and left at once",
                        fact(
                                Source.EVENTS,
                                "this agent started a cold transfer, and it had not failed when the agent left")));
    }
}
