package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.matches;
import static io.hangupby.decision.rules.Facts.fact;
import static io.hangupby.decision.rules.Facts.noPlugin;

import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Fact;
import io.hangupby.decision.Fact.Source;
import io.hangupby.decision.Finding;

/**
 * Decides {@code customer-moved-on}: {@code AGENT} with a marker or if no plugin is installed, {@code UNKNOWN} with an
 * unclear marker, otherwise {@code SYSTEM}.
 *
 * <p>Matches when the customer's leg was moved out of the conference through the API before the agent's leg left, to a
 * survey or a flow. If the customer was moved to a number, {@link ExternalColdTransfer} has matched before; without that rule,
 * this rule matches. Does not match when the customer was not moved. Needs the questions of {@link CustomerMove}. The
 * verdict can change when a marker arrives late.
 */
final class CustomerMovedOn implements DecisionRule {

    @Override
    public String id() {
        return "customer-moved-on";
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
        return CustomerMove.in(evidence).match(number -> movedBy(evidence), () -> movedBy(evidence));
    }

    private static Finding movedBy(CallEvidence evidence) {
        Fact continued = fact(Source.CALL, "the customer's call continued outside the conference");
        if (evidence.isMarked()) {
            return matches(
                    EndedBy.AGENT, "the agent clicked and the customer was moved on", continued, evidence.markerFact());
        }
        if (evidence.pluginInstalled() && evidence.marker().isUnclear()) {
            // No later rule may decide: the customer did not hang up.
            return matches(
                    EndedBy.UNKNOWN,
                    "the customer was moved on, and it is not known who clicked",
                    continued,
                    evidence.markerFact());
        }
        return evidence.pluginInstalled()
                ? matches(
                        EndedBy.SYSTEM,
                        "the customer was moved on and no agent had clicked",
                        continued,
                        evidence.markerFact())
                : matches(EndedBy.AGENT, "the customer was moved on while with the agent", continued, noPlugin());
    }
}
