package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.matches;
import static io.hangupby.decision.Finding.noMatch;
import static io.hangupby.decision.rules.Facts.fact;

import io.hangupby.call.Conference.EndReason;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Fact;
import io.hangupby.decision.Fact.Source;
import io.hangupby.decision.Finding;

/**
 * Decides {@code ended-by-api}: {@code AGENT} with a marker or if no plugin is installed, otherwise {@code SYSTEM}.
 *
 * <p>Matches when the conference ended with {@code conference-ended-via-api}. Does not match if Voice Insights reports that
 * the customer hung up, unless there is a marker or a status callback says when the customer left. Neither does it match if the
 * marker is unclear. Needs no question. The verdict can change when a late event, marker or report arrives.
 */
final class EndedByApi implements DecisionRule {

    @Override
    public String id() {
        return "ended-by-api";
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
        if (!evidence.conferenceEndedFor(EndReason.CONFERENCE_ENDED_VIA_API)) {
            return noMatch("the conference was not ended through the API");
        }
        if (ReportedEnd.isCustomerWithoutAClick(evidence)) {
            return noMatch("Voice Insights reports that the customer hung up");
        }
        Fact how = fact(Source.CONFERENCE, "it ended, " + EndReason.CONFERENCE_ENDED_VIA_API);
        if (evidence.isMarked()) {
            return matches(EndedBy.AGENT, "the agent ended the call for all", how, evidence.markerFact());
        }
        if (evidence.pluginInstalled() && evidence.marker().isUnclear()) {
            return noMatch(evidence.markerFact().statement());
        }
        return !evidence.pluginInstalled()
                ? matches(EndedBy.AGENT, "the call was ended for all while with the agent", how, Facts.noPlugin())
                : matches(EndedBy.SYSTEM, "a program ended the call", how, evidence.markerFact());
    }
}
