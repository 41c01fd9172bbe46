package io.hangupby.decision.rules;

import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.Finding;

/**
 * Decides {@code external-left}: {@code EXTERNAL}.
 *
 * <p>Matches when the conference ended because an outside party's leg left. Does not match otherwise. Needs to know
 * whose leg ended the conference. Needs the full history, because the leg may be that of an agent whose events are
 * missing.
 */
final class ExternalLeft implements DecisionRule {

    @Override
    public String id() {
        return "external-left";
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
    public Finding evaluate(CallEvidence evidence) {
        return EndingParty.OUTSIDE_PARTY.match(evidence);
    }
}
