package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.matches;
import static io.hangupby.decision.Finding.noMatch;
import static io.hangupby.decision.rules.Facts.endOfConference;

import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.Role;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Finding;

/**
 * Decides {@code customer-left-first}: {@code CUSTOMER}.
 *
 * <p>Matches when the conference ended with {@code last-participant-left} and the last leg was the agent's, so the
 * customer had left before. Does not match if Voice Insights reports that Twilio ended the customer's leg. Needs no
 * question. The verdict can change when status callbacks show the order of leaving, or reports of Voice Insights arrive.
 */
final class CustomerLeftFirst implements DecisionRule {

    @Override
    public String id() {
        return "customer-left-first";
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
        if (evidence.reportedEnd().stream().anyMatch(whose -> whose != Role.CUSTOMER)) {
            return noMatch("Voice Insights reports that Twilio ended the customer's leg");
        }
        return evidence.conferenceEndedBy(EndReason.LAST_PARTICIPANT_LEFT, Role.AGENT)
                ? matches(
                        EndedBy.CUSTOMER,
                        "the agent was the last in the conference, so the customer had left before",
                        endOfConference(evidence, "the agent's leg"))
                : noMatch("the agent is not known to have been the last in the conference");
    }
}
