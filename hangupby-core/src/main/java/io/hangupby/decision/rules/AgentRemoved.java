package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.matches;
import static io.hangupby.decision.Finding.needs;
import static io.hangupby.decision.Finding.noMatch;
import static io.hangupby.decision.rules.Facts.endOfConference;
import static io.hangupby.decision.rules.Facts.fact;

import io.hangupby.call.CallSid;
import io.hangupby.call.ParticipantLeft.Reason;
import io.hangupby.call.Role;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Fact;
import io.hangupby.decision.Fact.Source;
import io.hangupby.decision.Finding;
import io.hangupby.decision.Question;
import java.util.List;
import java.util.Optional;

/**
 * Decides {@code agent-removed}: {@code SUPERVISOR} if a supervisor was talking in the call, otherwise {@code AGENT}.
 *
 * <p>Matches when the conference ended because the agent's leg was kicked; or when a status callback says that the
 * agent's leg was removed before the customer left. The End button of a desk phone has the same effect. Does not match
 * otherwise. Needs to know whose legs were talking when the agent's leg left.
 */
final class AgentRemoved implements DecisionRule {

    @Override
    public String id() {
        return "agent-removed";
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
        boolean wasKicked = evidence.conferenceEndedByRemovalOf(Role.AGENT);
        if (!wasKicked && !evidence.agentWasTakenOut()) {
            return noMatch("the agent's leg was not removed");
        }
        Optional<Question> open = whoTalked(evidence);
        if (open.isPresent()) {
            return needs(open.get());
        }
        Fact how = wasKicked
                ? endOfConference(evidence, "the agent's leg")
                : fact(Source.CALLBACKS, "the agent's leg left, " + Reason.PARTICIPANT_UPDATED_VIA_API);
        String removed = "the agent's leg was removed, "
                + (wasKicked ? "and that ended the conference" : "before the customer left");
        return supervisorTalked(evidence)
                ? matches(
                        EndedBy.SUPERVISOR,
                        removed + ", while a supervisor was talking",
                        how,
                        fact(Source.CALLBACKS, "a supervisor was in the call, neither muted nor coaching"))
                : matches(EndedBy.AGENT, removed, how);
    }

    /** Returns the request that shows who was talking when the agent's leg left. */
    static Optional<Question> whoTalked(CallEvidence evidence) {
        return evidence.questions().whose(talking(evidence).stream());
    }

    /** Returns whether a supervisor was talking when the agent's leg left. */
    static boolean supervisorTalked(CallEvidence evidence) {
        return talking(evidence).stream().map(evidence::role).anyMatch(Role.SUPERVISOR::equals);
    }

    private static List<CallSid> talking(CallEvidence evidence) {
        return evidence.agentLeave()
                .map(evidence.participantLog()::talkingWhenLeft)
                .orElse(List.of());
    }
}
