package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.matches;
import static io.hangupby.decision.Finding.noMatch;
import static io.hangupby.decision.rules.Facts.conferenceWentOn;
import static io.hangupby.decision.rules.Facts.fact;

import io.hangupby.call.Segment;
import io.hangupby.call.Transfer.Mode;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Fact.Source;
import io.hangupby.decision.Finding;

/**
 * Decides {@code warm-transfer}: {@code WARM_TRANSFER}, whether the agent clicked or was dropped.
 *
 * <p>Matches when another agent, who joined by this agent's warm transfer, was present when this agent left. The conference
 * must have gone on with the customer, as {@link CustomerStayed} says. The transfer's status plays no part, because TaskRouter
 * completes a warm transfer when the other agent accepts. Needs the questions of {@link CustomerStayed}.
 */
final class WarmTransfer implements DecisionRule {

    @Override
    public String id() {
        return "warm-transfer";
    }

    @Override
    public boolean isProvisional() {
        return false;
    }

    @Override
    public boolean needsFullHistory() {
        return false;
    }

    @Override
    public Finding evaluate(CallEvidence evidence) {
        Segment segment = evidence.segment();
        boolean hadJoined = evidence.otherAgents().presentAt(segment.left()).stream()
                .anyMatch(other -> other.joinedViaTransfer(segment.reservation(), Mode.WARM));
        if (!hadJoined) {
            return noMatch("no colleague had joined by a warm transfer of this agent");
        }
        return CustomerStayed.in(evidence)
                .match(() -> matches(
                        EndedBy.WARM_TRANSFER,
                        "the agent left the customer with the colleague who had joined",
                        fact(Source.EVENTS, "a colleague had joined by this agent's warm transfer"),
                        conferenceWentOn()));
    }
}
