package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.matches;
import static io.hangupby.decision.Finding.noMatch;
import static io.hangupby.decision.rules.Facts.fact;

import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Fact.Source;
import io.hangupby.decision.Finding;
import java.util.Optional;

/**
 * Decides {@code external-cold-transfer}: {@code EXTERNAL_COLD_TRANSFER}, and the destination.
 *
 * <p>Matches when the customer's leg was moved out of the conference through the API before the agent left, and the
 * customer's Call continues with a child call to a number. Also matches when {@link OutsideParty} says that this agent left the
 * customer waiting for an outside party that still rang. Needs the questions of {@link CustomerMove} and {@link OutsideParty}.
 * Needs the full history, because another agent may be missing.
 */
final class ExternalColdTransfer implements DecisionRule {

    @Override
    public String id() {
        return "external-cold-transfer";
    }

    @Override
    public boolean isProvisional() {
        return false;
    }

    @Override
    public boolean needsFullHistory() {
        return true;
    }

    @Override
    public Finding evaluate(CallEvidence evidence) {
        Finding moved = CustomerMove.in(evidence)
                .match(
                        number -> matches(
                                EndedBy.EXTERNAL_COLD_TRANSFER,
                                "the customer was sent to an outside number",
                                Optional.of(number),
                                fact(Source.CALL, "the customer's call continues to a number")),
                        () -> noMatch("the customer's call did not go to a number"));
        return moved instanceof Finding.NoMatch ? OutsideParty.RINGING.match(evidence) : moved;
    }
}
