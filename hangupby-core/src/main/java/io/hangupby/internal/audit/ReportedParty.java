package io.hangupby.internal.audit;

import io.hangupby.call.BrowserSign;
import io.hangupby.call.CallSid;
import io.hangupby.call.Role;
import io.hangupby.decision.CallEvidence;
import io.hangupby.internal.audit.ReportedLeg.Side;
import io.hangupby.internal.event.VoiceReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who ended a segment, as far as what Voice Insights reports of the legs proves it. One leg alone proves who did not. That the browser
 * ended its leg in good order is no proof of a click, because a reload of the page does so, too. Pure and stateless.
 */
public final class ReportedParty {
    private final Instant left;
    private final Optional<ReportedLeg> agent;
    private final Set<BrowserSign> signs;

    private ReportedParty(CallEvidence evidence, List<VoiceReport> reports) {
        Optional<CallSid> leg = ReportedLeg.ofAgent(evidence);
        this.left = evidence.segment().left();
        this.agent = leg.flatMap(sid -> ReportedLeg.of(sid, reports, false));
        this.signs = leg.map(sid -> ReportedLeg.signs(sid, reports)).orElse(Set.of());
    }

    /** Returns evidence with what the reports prove; the same evidence if they prove nothing new. */
    public static CallEvidence addedTo(CallEvidence evidence, List<VoiceReport> reports) {
        Optional<Role> proved = of(evidence, reports);
        return proved.equals(evidence.reportedEnd())
                ? evidence
                : evidence.toBuilder().reportedEnd(proved).build();
    }

    /**
     * Returns the customer or the agent if the reports on both legs prove that party. Returns the unknown role if they prove only that
     * the customer did not hang up. Empty if they prove nothing.
     *
     * @param reports all reports on the task's legs, in any order
     */
    static Optional<Role> of(CallEvidence evidence, List<VoiceReport> reports) {
        if (reports.isEmpty()) {
            return Optional.empty();
        }
        Instant latest = evidence.segment().left().plus(ReportedLeg.TOGETHER);
        return evidence.customerLeg()
                .flatMap(leg -> ReportedLeg.of(leg, reports, !evidence.isOutbound()))
                .filter(customer -> customer.endedBy(latest))
                .flatMap(customer -> new ReportedParty(evidence, reports).beside(customer));
    }

    private Optional<Role> beside(ReportedLeg customer) {
        return switch (customer.endedFrom()) {
            case PARTY ->
                agentSide() == Side.TWILIO && isNotAfterAgent(customer) ? Optional.of(Role.CUSTOMER) : Optional.empty();
            case TWILIO -> Optional.of(agentSide() == Side.PARTY && isWithAgent(customer) ? Role.AGENT : Role.UNKNOWN);
            case UNKNOWN -> Optional.empty();
        };
    }

    /** Returns the side that ended the agent's leg, which the summary and the browser must not contradict. */
    private Side agentSide() {
        boolean here = signs.contains(BrowserSign.HUNG_UP_HERE);
        boolean there = signs.contains(BrowserSign.HUNG_UP_THERE);
        Side byBrowser = there ? Side.TWILIO : Side.UNKNOWN;
        Side bySummary = agent.map(leg -> leg.endedNear(left, ReportedLeg.NEAR) ? leg.endedFrom() : Side.UNKNOWN)
                .orElse(byBrowser);
        boolean contradicts = bySummary == Side.PARTY ? there : here;
        return contradicts ? Side.UNKNOWN : bySummary;
    }

    private boolean isNotAfterAgent(ReportedLeg customer) {
        return agent.flatMap(ReportedLeg::ended).stream()
                .allMatch(ended -> customer.endedBy(ended.plus(ReportedLeg.TOGETHER)));
    }

    private boolean isWithAgent(ReportedLeg customer) {
        return agent.flatMap(ReportedLeg::ended).stream()
                .anyMatch(ended -> customer.endedNear(ended, ReportedLeg.TOGETHER));
    }
}
