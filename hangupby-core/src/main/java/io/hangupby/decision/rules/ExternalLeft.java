package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.matches;
import static io.hangupby.decision.Finding.needs;
import static io.hangupby.decision.Finding.noMatch;
import static io.hangupby.decision.rules.Facts.endedBy;

import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.Role;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Finding;
import io.hangupby.decision.Question;
import io.hangupby.decision.Stability;
import java.util.Optional;

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
    public Stability stability() {
        return Stability.PROVISIONAL;
    }

    @Override
    public boolean needsFullHistory() {
        return true;
    }

    @Override
    public Finding evaluate(CallEvidence evidence) {
        Optional<Question> open = evidence.questions().whoEndedIt();
        if (open.isPresent()) {
            return needs(open.get());
        }
        return evidence.endedBy(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, Role.EXTERNAL)
                ? matches(EndedBy.EXTERNAL, "an outside party hung up", endedBy(evidence, "an outside party's leg"))
                : noMatch("no outside party's leg ended the conference");
    }
}
