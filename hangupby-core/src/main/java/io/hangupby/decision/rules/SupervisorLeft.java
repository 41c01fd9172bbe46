package io.hangupby.decision.rules;

import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.Finding;

/**
 * Decides {@code supervisor-left}: {@code SUPERVISOR}.
 *
 * <p>Matches when the conference ended because a supervisor's leg left. Does not match otherwise. Needs to know whose
 * leg ended the conference. Needs the full history, because the leg may be that of an agent whose events are missing.
 */
final class SupervisorLeft implements DecisionRule {

    @Override
    public String id() {
        return "supervisor-left";
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
        return EndingParty.SUPERVISOR.match(evidence);
    }
}
