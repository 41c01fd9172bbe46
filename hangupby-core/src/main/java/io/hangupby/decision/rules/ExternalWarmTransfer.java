package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.matches;
import static io.hangupby.decision.Finding.needs;
import static io.hangupby.decision.Finding.noMatch;
import static io.hangupby.decision.rules.Facts.fact;

import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Role;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Fact.Source;
import io.hangupby.decision.Finding;
import io.hangupby.decision.Question;
import io.hangupby.decision.Stability;
import java.util.Optional;

/**
 * Decides {@code external-warm-transfer}: {@code EXTERNAL_WARM_TRANSFER}, and the destination.
 *
 * <p>Matches when this agent left on purpose and the customer and an outside party continue to talk. Does not match
 * when the conference is over, another agent was still present, this agent is still present, or this agent's leg was
 * dropped. Needs to know who is in the conference, whose legs those are, and the agent's device. Needs the full
 * history, because another agent may be missing.
 */
final class ExternalWarmTransfer implements DecisionRule {

    @Override
    public String id() {
        return "external-warm-transfer";
    }

    @Override
    public Stability stability() {
        return Stability.FINAL;
    }

    @Override
    public boolean needsFullHistory() {
        return true;
    }

    @Override
    public Finding evaluate(CallEvidence evidence) {
        if (!evidence.isOngoing()) {
            return noMatch("the conference is not known to have continued");
        }
        if (evidence.otherAgents().anyPresentAt(evidence.segment().left())) {
            return noMatch("another agent was still present");
        }
        Optional<Question> open = evidence.mustAskWhoIsIn().or(evidence::mustAskWhoTheParticipantsAre);
        if (open.isPresent()) {
            return needs(open.get());
        }
        Optional<CallSid> outsider = evidence.present(Role.EXTERNAL).findFirst();
        if (outsider.isEmpty() || !evidence.isPresent(Role.CUSTOMER) || evidence.isPresent(Role.AGENT)) {
            return noMatch("the customer and an outside party are not known to continue to talk");
        }
        return AgentIntent.of(evidence)
                .match(
                        sign -> matches(
                                EndedBy.EXTERNAL_WARM_TRANSFER,
                                "the agent left the customer talking to an outside party",
                                evidence.call(outsider.get()).flatMap(Call::to),
                                fact(Source.PARTICIPANTS, "the customer and an outside party continue to talk"),
                                sign),
                        sign -> noMatch("the agent did not leave on purpose"));
    }
}
