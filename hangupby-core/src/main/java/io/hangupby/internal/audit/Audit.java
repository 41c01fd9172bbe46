package io.hangupby.internal.audit;

import io.hangupby.call.BrowserSign;
import io.hangupby.call.CallSid;
import io.hangupby.call.Role;
import io.hangupby.decision.AuditResult;
import io.hangupby.decision.AuditResult.Status;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Outcome;
import io.hangupby.internal.audit.ReportedLeg.Side;
import io.hangupby.internal.event.VoiceReport;
import io.hangupby.internal.event.VoiceReport.ParticipantSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compares a verdict with the sides from which Voice Insights saw the legs end. {@code docs/operations/audit.md} has the table. Pure and
 * stateless.
 */
public final class Audit {
    /** The rules whose verdict is the agent, though Twilio ends the agent's leg. */
    private static final Set<String> REMOVALS = Set.of("customer-removed", "agent-removed", "ended-by-api");

    /** The rules whose verdict says nothing of how legs end. */
    private static final Set<String> MOVES = Set.of("customer-moved-on", "never-connected");

    /** The rule whose verdict rests on the reports. */
    private static final String BY_REPORTS = "reported-end";

    private final Outcome outcome;
    private final EndedBy verdict;
    private final Instant left;
    private final Optional<ReportedLeg> customer;
    private final Optional<ReportedLeg> agent;
    private final Set<BrowserSign> signs;

    private Audit(Outcome outcome, EndedBy verdict, CallEvidence evidence, List<VoiceReport> reports) {
        this.outcome = outcome;
        this.verdict = verdict;
        this.left = outcome.segment().left();
        Optional<CallSid> agentLeg = agentLeg(evidence, reports);
        this.customer = evidence.customerLeg().flatMap(leg -> ReportedLeg.of(leg, reports, !evidence.isOutbound()));
        this.agent = agentLeg.flatMap(leg -> ReportedLeg.of(leg, reports, false));
        this.signs = agentLeg.map(leg -> ReportedLeg.signs(leg, reports)).orElse(Set.of());
    }

    /**
     * Returns what the reports say of a segment; empty if they say nothing, or if the segment has no category.
     *
     * @param reports all reports on the task's legs, oldest first
     */
    public static Optional<AuditResult> of(Outcome outcome, List<VoiceReport> reports) {
        if (reports.isEmpty() || outcome.evidence().isEmpty()) {
            return Optional.empty();
        }
        return outcome.verdict()
                .endedBy()
                .map(verdict -> new Audit(outcome, verdict, outcome.evidence().orElseThrow(), reports))
                .filter(Audit::hasData)
                .map(Audit::result);
    }

    private boolean hasData() {
        return customer.isPresent() || agent.isPresent() || !signs.isEmpty();
    }

    private AuditResult result() {
        Status byLegs = Stream.of(customerLeg(), agentLeg()).reduce(Status.NO_DATA, Audit::stronger);
        Optional<EndedBy> alternative = verdict == EndedBy.UNKNOWN ? alternative() : Optional.empty();
        Status status = byLegs == Status.AGREES && isByReports() ? Status.NOT_COMPARABLE : byLegs;
        return new AuditResult(status, alternative, reason(alternative), signs, agent.flatMap(ReportedLeg::sipCode));
    }

    /** A verdict that rests on the reports agrees with them, which says nothing. More complete reports can still contradict it. */
    private boolean isByReports() {
        return rule().equals(BY_REPORTS);
    }

    /** A contradiction outweighs an agreement, and both outweigh a leg that cannot be compared. */
    private static Status stronger(Status one, Status other) {
        return Stream.of(Status.DISAGREES, Status.AGREES, Status.NOT_COMPARABLE)
                .filter(status -> one == status || other == status)
                .findFirst()
                .orElse(Status.NO_DATA);
    }

    private Status customerLeg() {
        return customer.map(this::compareCustomer).orElse(Status.NO_DATA);
    }

    private Status compareCustomer(ReportedLeg leg) {
        boolean isComparable =
                !isTransferOrMove() && verdict != EndedBy.UNKNOWN && leg.endedBy(left.plus(ReportedLeg.NEAR));
        if (!isComparable || leg.endedFrom() == Side.UNKNOWN) {
            return Status.NOT_COMPARABLE;
        }
        return agreesIf(leg.endedFrom() == (verdict == EndedBy.CUSTOMER ? Side.PARTY : Side.TWILIO));
    }

    private Status agentLeg() {
        return agent.map(this::compareAgent).orElse(Status.NO_DATA);
    }

    private Status compareAgent(ReportedLeg leg) {
        if (verdict == EndedBy.UNKNOWN || !leg.endedNear(left, ReportedLeg.NEAR)) {
            return Status.NOT_COMPARABLE;
        }
        if (isTransferOrMove()) {
            return MOVES.contains(rule()) ? Status.NOT_COMPARABLE : Status.AGREES;
        }
        if (verdict == EndedBy.DISCONNECT) {
            return agreesIf(leg.endedFrom() != Side.TWILIO);
        }
        boolean byAgent = verdict == EndedBy.AGENT && !REMOVALS.contains(rule());
        if (leg.endedFrom() == Side.UNKNOWN || (!byAgent && !endedWithCustomer(leg))) {
            return Status.NOT_COMPARABLE;
        }
        return agreesIf(byAgent ? leg.endedFrom() == Side.PARTY && isClickPossible() : leg.endedFrom() == Side.TWILIO);
    }

    /** A leg that outlives the customer's can end by anything: the agent may click, or wait. */
    private boolean endedWithCustomer(ReportedLeg leg) {
        boolean agentWasRemoved = rule().equals("agent-removed");
        return agentWasRemoved
                || customer.flatMap(ReportedLeg::ended).stream()
                        .anyMatch(at -> leg.endedNear(at, ReportedLeg.TOGETHER));
    }

    /** A browser that reported an end from Twilio's side, and no other, was not where the agent clicked. */
    private boolean isClickPossible() {
        return signs.contains(BrowserSign.HUNG_UP_HERE) || !signs.contains(BrowserSign.HUNG_UP_THERE);
    }

    private boolean isTransferOrMove() {
        return switch (verdict) {
            case COLD_TRANSFER, WARM_TRANSFER, CONSULT, EXTERNAL_COLD_TRANSFER, EXTERNAL_WARM_TRANSFER -> true;
            default -> MOVES.contains(rule());
        };
    }

    private String rule() {
        return outcome.verdict().rule();
    }

    private static Status agreesIf(boolean condition) {
        return condition ? Status.AGREES : Status.DISAGREES;
    }

    /** Returns who ended the segment according to the legs alone. */
    private Optional<EndedBy> alternative() {
        if (customer.stream()
                .anyMatch(leg -> leg.endedFrom() == Side.PARTY && leg.endedBy(left.plus(ReportedLeg.NEAR)))) {
            return Optional.of(EndedBy.CUSTOMER);
        }
        return agent.filter(leg -> leg.endedNear(left, ReportedLeg.NEAR))
                .map(ReportedLeg::endedFrom)
                .flatMap(side -> switch (side) {
                    case PARTY -> Optional.of(EndedBy.AGENT);
                    case UNKNOWN -> Optional.of(EndedBy.DISCONNECT);
                    case TWILIO -> Optional.empty();
                });
    }

    private String reason(Optional<EndedBy> alternative) {
        String legs = "the customer's leg was ended " + from(customer, "the customer") + ", the agent's leg "
                + from(agent, "the agent");
        boolean looksLikeClick = verdict == EndedBy.DISCONNECT && signs.contains(BrowserSign.HUNG_UP_HERE);
        return legs
                + (isByReports() ? "; the verdict rests on these reports" : "")
                + (looksLikeClick ? "; the browser closed the leg in good order, as a click or a reload does" : "")
                + alternative
                        .map(by -> "; it would have been " + by.name().toLowerCase(Locale.ROOT))
                        .orElse("");
    }

    private static String from(Optional<ReportedLeg> leg, String party) {
        return leg.map(ReportedLeg::endedFrom)
                .map(side -> switch (side) {
                    case PARTY -> "by " + party;
                    case TWILIO -> "by Twilio";
                    case UNKNOWN -> "by neither side";
                })
                .orElse("without a report");
    }

    /** Returns this agent's leg: the leg that the evidence names, or the only unknown leg that left with the segment. */
    private static Optional<CallSid> agentLeg(CallEvidence evidence, List<VoiceReport> reports) {
        return ReportedLeg.ofAgent(evidence)
                .or(() -> ReportedLeg.onlyOne(reports.stream()
                        .filter(report -> report instanceof ParticipantSummary summary
                                && leftWith(summary, evidence.segment().left())
                                && isUnknown(evidence.role(summary.leg())))
                        .map(VoiceReport::leg)));
    }

    private static boolean leftWith(ParticipantSummary summary, Instant moment) {
        return summary.left().stream()
                .anyMatch(at -> Duration.between(at, moment).abs().compareTo(ReportedLeg.NEAR) <= 0);
    }

    private static boolean isUnknown(Role role) {
        return role == Role.UNKNOWN || role == Role.AGENT;
    }
}
