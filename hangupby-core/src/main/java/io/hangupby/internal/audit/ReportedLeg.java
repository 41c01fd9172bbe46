package io.hangupby.internal.audit;

import io.hangupby.call.BrowserSign;
import io.hangupby.call.CallSid;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.Role;
import io.hangupby.decision.CallEvidence;
import io.hangupby.internal.event.VoiceReport;
import io.hangupby.internal.event.VoiceReport.BrowserEvent;
import io.hangupby.internal.event.VoiceReport.EndedFrom;
import io.hangupby.internal.event.VoiceReport.LegSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What Voice Insights says of one leg of a segment. Immutable.
 *
 * @param endedFrom the side that ended the leg
 * @param ended when the leg ended, if a summary says
 * @param sipCode the last SIP response code, if a summary says
 * @param signs what the browser reported
 */
record ReportedLeg(Side endedFrom, Optional<Instant> ended, Optional<Integer> sipCode, Set<BrowserSign> signs) {

    /** A leg that ended farther from the segment's end than this ended for a reason of its own. */
    static final Duration NEAR = Duration.ofSeconds(2);

    /** Legs that end together end within this time; summaries have whole seconds. */
    static final Duration TOGETHER = Duration.ofSeconds(1);

    /** The side that ended a leg. */
    enum Side {
        /** The party on the leg: the customer, or the agent. */
        PARTY,
        /** Twilio, for another party or for a program. */
        TWILIO,
        /** Neither side said goodbye, or Twilio does not know. */
        UNKNOWN
    }

    /**
     * Returns what is known of a leg, or an empty Optional without a summary. Of several summaries the most complete counts, and of
     * those the latest.
     *
     * @param calledTwilio whether the leg's party called Twilio, for summaries that do not say
     */
    static Optional<ReportedLeg> of(CallSid leg, List<VoiceReport> reports, boolean calledTwilio) {
        return reports.stream()
                .filter(report -> report.leg().equals(leg))
                .filter(LegSummary.class::isInstance)
                .map(LegSummary.class::cast)
                .max(Comparator.comparing(LegSummary::stage).thenComparing(VoiceReport.ORDER))
                .map(summary -> new ReportedLeg(
                        side(summary, calledTwilio), summary.ended(), summary.sipCode(), signs(leg, reports)));
    }

    private static Side side(LegSummary summary, boolean calledTwilio) {
        if (summary.endedFrom() == EndedFrom.UNKNOWN) {
            return Side.UNKNOWN;
        }
        boolean isCaller = summary.inbound().orElse(calledTwilio);
        boolean byCaller = summary.endedFrom() == EndedFrom.CALLER;
        return isCaller == byCaller ? Side.PARTY : Side.TWILIO;
    }

    /** Returns this agent's leg, if the evidence names it. */
    static Optional<CallSid> ofAgent(CallEvidence evidence) {
        return evidence.agentLeg()
                .or(() -> evidence.agentLeave().map(ParticipantLeft::leg))
                .or(() -> onlyOne(evidence.requestedCalls().stream().filter(leg -> evidence.role(leg) == Role.AGENT)));
    }

    static Optional<CallSid> onlyOne(Stream<CallSid> legs) {
        List<CallSid> found = legs.distinct().limit(2).toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** Returns what the browser on a leg reported. */
    static Set<BrowserSign> signs(CallSid leg, List<VoiceReport> reports) {
        Set<BrowserSign> signs = EnumSet.noneOf(BrowserSign.class);
        for (VoiceReport report : reports) {
            if (report instanceof BrowserEvent event && event.leg().equals(leg)) {
                signs.add(event.sign());
            }
        }
        return signs;
    }

    /** Returns whether the leg is known to have ended at most this long before or after a moment. */
    boolean endedNear(Instant moment, Duration margin) {
        return ended.stream().anyMatch(at -> Duration.between(at, moment).abs().compareTo(margin) <= 0);
    }

    /** Returns whether the leg is known to have ended by a moment. */
    boolean endedBy(Instant moment) {
        return ended.stream().noneMatch(at -> at.isAfter(moment)) && ended.isPresent();
    }
}
