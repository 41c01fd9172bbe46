package io.hangupby.decision.rules;

import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Finding;
import io.hangupby.decision.Verdict;
import java.util.Optional;

/**
 * Decides {@code undecided}: {@code UNKNOWN}, and nothing is written.
 *
 * <p>Matches always. It is the last rule, so no other rule matched. Needs the full history, because any event may be
 * missing. The verdict can change when evidence arrives late.
 */
final class Undecided implements DecisionRule {

    @Override
    public String id() {
        return Verdict.UNDECIDED;
    }

    @Override
    public boolean isProvisional() {
        return true;
    }

    @Override
    public boolean needsFullHistory() {
        return true;
    }

    @Override
    public Finding.Matches evaluate(CallEvidence evidence) {
        return new Finding.Matches(
                Optional.of(EndedBy.UNKNOWN),
                "the evidence does not say who ended it",
                Optional.empty(),
                evidence.facts());
    }
}
