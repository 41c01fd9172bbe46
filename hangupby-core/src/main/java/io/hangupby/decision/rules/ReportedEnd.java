package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.matches;
import static io.hangupby.decision.Finding.noMatch;
import static io.hangupby.decision.rules.Facts.fact;

import io.hangupby.call.Conference;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.Role;
import io.hangupby.call.Segment;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Fact;
import io.hangupby.decision.Fact.Source;
import io.hangupby.decision.Finding;
import java.util.Optional;

/**
 * Decides {@code reported-end}: {@code CUSTOMER}; or {@code AGENT} if the agent left on purpose, and {@code DISCONNECT} if a
 * browser's leg left without a marker.
 *
 * <p>Matches when Voice Insights reports of both legs who ended them while the agent is in wrap-up: the customer the
 * customer's leg and Twilio the agent's leg, or the agent the agent's leg and Twilio the customer's. Does not match when a
 * status callback says when the customer left. Neither does it blame the agent when the conference went on or ended with its
 * last participant, or while a transfer is pending that this agent may have started. If a plugin is installed and no marker counts, it
 * does not blame an agent whose device is not known, or a browser's leg that an unclear marker leaves undecided.
 *
 * <p>Needs the agent's device, if the agent ended it. Needs the full history, because a transfer may be missing. The verdict can
 * change when a more complete report arrives.
 */
final class ReportedEnd implements DecisionRule {

    @Override
    public String id() {
        return "reported-end";
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
        if (isCustomer(evidence)) {
            return matches(
                    EndedBy.CUSTOMER,
                    "the customer hung up, as Voice Insights reports of both legs",
                    reported("the customer's leg was ended by the customer, and the agent's leg by Twilio"));
        }
        return isAgent(evidence)
                ? hungUpOrDropped(evidence)
                : noMatch("Voice Insights does not report of both legs who ended them");
    }

    /** A click and the customer's hang-up can cross: the report then does not take back what a marker says. */
    static boolean isCustomerWithoutAClick(CallEvidence evidence) {
        return isCustomer(evidence) && !evidence.isMarked();
    }

    private static boolean isCustomer(CallEvidence evidence) {
        return evidence.reportedEnd().equals(Optional.of(Role.CUSTOMER))
                && evidence.customerLeave().isEmpty();
    }

    private static boolean isAgent(CallEvidence evidence) {
        Segment segment = evidence.segment();
        return evidence.reportedEnd().equals(Optional.of(Role.AGENT))
                && evidence.customerLeave().isEmpty()
                && evidence.conference().stream().allMatch(conference -> endedWithAgent(conference, evidence))
                && evidence.otherAgents()
                        .pendingTransfers(segment.reservation(), segment.left())
                        .isEmpty();
    }

    /** Of a conference that ended with its last participant, the customer's leg may have been removed before. */
    private static boolean endedWithAgent(Conference conference, CallEvidence evidence) {
        return conference.ended()
                && conference.updated().stream().noneMatch(evidence::isOverASecondAfterAgentLeft)
                && conference.endReason().stream().noneMatch(EndReason.LAST_PARTICIPANT_LEFT::equals);
    }

    private static Finding hungUpOrDropped(CallEvidence evidence) {
        Fact legs = reported("the agent's leg was ended by the agent, and the customer's leg by Twilio");
        return AgentIntent.of(evidence)
                .match(
                        sign -> matches(
                                EndedBy.AGENT, "the agent hung up, as Voice Insights reports of both legs", legs, sign),
                        sign -> matches(
                                EndedBy.DISCONNECT,
                                "the agent's browser disconnected without a click, as Voice Insights reports of both"
                                        + " legs",
                                legs,
                                evidence.markerFact(),
                                sign));
    }

    private static Fact reported(String legs) {
        return fact(Source.VOICE_INSIGHTS, legs);
    }
}
