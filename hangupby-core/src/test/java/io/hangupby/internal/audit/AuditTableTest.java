package io.hangupby.internal.audit;

import static io.hangupby.decision.CallEvidenceBuilder.AGENT;
import static io.hangupby.decision.CallEvidenceBuilder.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.BrowserSign;
import io.hangupby.call.CallSid;
import io.hangupby.decision.AuditResult;
import io.hangupby.decision.AuditResult.Status;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Verdict;
import io.hangupby.decision.WriteResult;
import io.hangupby.internal.event.VoiceReport;
import io.hangupby.internal.event.VoiceReport.BrowserEvent;
import io.hangupby.internal.event.VoiceReport.EndedFrom;
import io.hangupby.internal.event.VoiceReport.LegSummary;
import io.hangupby.internal.event.VoiceReport.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of {@code docs/operations/audit.md}. */
class AuditTableTest {
    private static final CallEvidence EVIDENCE = CallEvidence.builder().build();
    private static final Instant LEFT = EVIDENCE.segment().left();

    @ParameterizedTest
    @CsvSource({
        // verdict, rule, customer's leg, seconds after the segment, agent's leg, seconds, what the browser said, result
        "CUSTOMER, customer-left, CALLER, 0, CALLER, 0, HUNG_UP_THERE, AGREES",
        "CUSTOMER, customer-left, CALLER, -60, CALLEE, 0, HUNG_UP_HERE, AGREES",
        "CUSTOMER, customer-left, CALLEE, 0, CALLER, 0, HUNG_UP_THERE, DISAGREES",
        "CUSTOMER, customer-left, CALLER, 0, CALLEE, 0, , DISAGREES",
        "CUSTOMER, customer-left, UNKNOWN, 0, , , , NOT_COMPARABLE",
        "AGENT, agent-left, CALLEE, 0, CALLEE, 0, HUNG_UP_HERE, AGREES",
        "AGENT, agent-left, CALLEE, 1, , , , AGREES",
        "AGENT, agent-left, CALLER, 0, CALLEE, 0, HUNG_UP_HERE, DISAGREES",
        "AGENT, agent-left, CALLER, 3, CALLEE, 0, HUNG_UP_HERE, AGREES",
        "AGENT, agent-left, CALLER, 3, , , , NOT_COMPARABLE",
        "AGENT, agent-left, CALLEE, 0, CALLER, 0, , DISAGREES",
        "AGENT, agent-left, CALLEE, 0, CALLEE, 0, HUNG_UP_THERE, DISAGREES",
        "AGENT, customer-removed, CALLEE, 0, CALLER, 0, HUNG_UP_THERE, AGREES",
        "AGENT, agent-removed, CALLEE, 40, CALLER, 0, , AGREES",
        "AGENT, agent-removed, CALLEE, 0, CALLEE, 0, , DISAGREES",
        "AGENT, ended-by-api, CALLEE, 0, CALLER, 0, , AGREES",
        "AGENT, never-connected, CALLEE, 0, CALLEE, 0, , NOT_COMPARABLE",
        "AGENT, customer-moved-on, CALLER, 0, CALLEE, 0, , NOT_COMPARABLE",
        "DISCONNECT, agent-left, CALLEE, 0, UNKNOWN, 0, NETWORK_LOST, AGREES",
        "DISCONNECT, agent-left, CALLEE, 0, CALLEE, 0, HUNG_UP_HERE, AGREES",
        "DISCONNECT, agent-left, CALLEE, 0, CALLER, 0, , DISAGREES",
        "DISCONNECT, agent-left, CALLER, 0, UNKNOWN, 0, , DISAGREES",
        "SUPERVISOR, supervisor-left, CALLEE, 0, CALLER, 0, , AGREES",
        "EXTERNAL, external-left, CALLEE, 0, CALLEE, 0, , DISAGREES",
        "SYSTEM, ended-by-api, CALLER, 0, CALLER, 0, , DISAGREES",
        "COLD_TRANSFER, cold-transfer, CALLER, 0, CALLER, 0, , AGREES",
        "WARM_TRANSFER, warm-transfer, CALLER, 0, CALLER, 9, , NOT_COMPARABLE",
        "EXTERNAL_COLD_TRANSFER, external-cold-transfer, CALLER, 0, , , , NOT_COMPARABLE",
        "CUSTOMER, reported-end, CALLER, 0, CALLER, 0, HUNG_UP_THERE, NOT_COMPARABLE",
        "CUSTOMER, reported-end, CALLEE, 0, CALLER, 0, HUNG_UP_THERE, DISAGREES",
        "DISCONNECT, reported-end, CALLEE, 0, CALLEE, 0, HUNG_UP_HERE, NOT_COMPARABLE",
        "DISCONNECT, reported-end, CALLEE, 0, CALLER, 0, , DISAGREES",
        "UNKNOWN, undecided, CALLEE, 0, CALLEE, 0, , NOT_COMPARABLE",
        "AGENT, agent-left, , , , , HUNG_UP_HERE, NO_DATA"
    })
    void a_verdict_is_compared_leg_by_leg(
            EndedBy verdict,
            String rule,
            EndedFrom customer,
            Integer customerAfter,
            EndedFrom agent,
            Integer agentAfter,
            BrowserSign sign,
            Status result) {
        List<VoiceReport> reports = new ArrayList<>();
        if (customer != null) {
            reports.add(summary(CUSTOMER, customer, true, customerAfter));
        }
        if (agent != null) {
            reports.add(summary(AGENT, agent, false, agentAfter));
        }
        if (sign != null) {
            reports.add(new BrowserEvent(EVIDENCE.segment().task(), AGENT, LEFT, sign));
        }

        assertThat(Audit.of(outcome(verdict, rule), reports).orElseThrow().status())
                .isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({"CALLER, CALLER, CUSTOMER", "CALLEE, CALLEE, AGENT", "CALLEE, UNKNOWN, DISCONNECT", "CALLEE, CALLER,"})
    void a_segment_without_a_verdict_shows_what_it_would_have_been(
            EndedFrom customer, EndedFrom agent, EndedBy alternative) {
        List<VoiceReport> reports = List.of(summary(CUSTOMER, customer, true, 0), summary(AGENT, agent, false, 0));

        assertThat(Audit.of(outcome(EndedBy.UNKNOWN, "undecided"), reports)
                        .orElseThrow()
                        .alternative())
                .isEqualTo(Optional.ofNullable(alternative));
    }

    @Test
    void the_most_complete_summary_of_a_leg_counts_and_of_those_the_latest() {
        LegSummary complete = summary(CUSTOMER, EndedFrom.CALLER, true, 0);
        LegSummary predicted = with(Stage.PREDICTED, complete, EndedFrom.CALLEE, 90);
        LegSummary corrected = with(Stage.COMPLETE, complete, EndedFrom.CALLEE, 60);
        Outcome outcome = outcome(EndedBy.CUSTOMER, "customer-left");

        assertThat(Audit.of(outcome, List.of(complete, predicted)))
                .map(AuditResult::status)
                .contains(Status.AGREES);
        assertThat(Audit.of(outcome, List.of(complete, corrected, predicted)))
                .map(AuditResult::status)
                .contains(Status.DISAGREES);
    }

    @Test
    void an_outbound_call_is_compared_the_other_way_round() {
        List<VoiceReport> reports = List.of(summary(CUSTOMER, EndedFrom.CALLEE, false, 0));

        assertThat(Audit.of(outcome(EndedBy.CUSTOMER, "customer-left"), reports))
                .map(AuditResult::status)
                .contains(Status.AGREES);
    }

    @Test
    void reports_on_other_legs_say_nothing() {
        CallSid stranger = new CallSid("CA" + "5".repeat(32));

        assertThat(Audit.of(
                        outcome(EndedBy.CUSTOMER, "customer-left"),
                        List.of(summary(stranger, EndedFrom.CALLEE, true, 0))))
                .isEmpty();
    }

    private static LegSummary with(Stage stage, LegSummary summary, EndedFrom from, int secondsLater) {
        return new LegSummary(
                summary.task(),
                summary.leg(),
                summary.at().plusSeconds(secondsLater),
                stage,
                from,
                summary.inbound(),
                summary.ended(),
                summary.sipCode());
    }

    private static LegSummary summary(CallSid leg, EndedFrom from, boolean inbound, int secondsAfter) {
        return new LegSummary(
                EVIDENCE.segment().task(),
                leg,
                LEFT.plusSeconds(1800),
                Stage.COMPLETE,
                from,
                Optional.of(inbound),
                Optional.of(LEFT.plusSeconds(secondsAfter)),
                Optional.of(200));
    }

    private static Outcome outcome(EndedBy endedBy, String rule) {
        return new Outcome(
                EVIDENCE.segment(),
                new Verdict(Optional.of(endedBy), rule, "because", List.of()),
                new WriteResult(WriteResult.Status.WRITTEN, "written"),
                Optional.of(EVIDENCE));
    }
}
