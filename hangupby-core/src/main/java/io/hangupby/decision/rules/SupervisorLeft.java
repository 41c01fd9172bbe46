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
        return evidence.endedBy(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, Role.SUPERVISOR)
                ? matches(EndedBy.SUPERVISOR, "a supervisor hung up", endedBy(evidence, "a supervisor's leg"))
                : noMatch("no supervisor's leg ended the conference");
    }
}
