package io.hangupby.decision.rules;

import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.Finding;

/**
 * Decides {@code external-warm-transfer}: {@code EXTERNAL_WARM_TRANSFER}, and the destination.
 *
 * <p>Matches when this agent left on purpose and the customer and an outside party continue to talk. Does not match
 * when the conference is over, another agent was still present, this agent is still present, this agent's leg was dropped, or
 * a supervisor removed that leg. Needs to know who is in the conference, whose legs those are, and the agent's device. Needs the full
 * history, because another agent may be missing.
 */
final class ExternalWarmTransfer implements DecisionRule {

    @Override
    public String id() {
        return "external-warm-transfer";
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
        return OutsideParty.TALKING.match(evidence);
    }
}
