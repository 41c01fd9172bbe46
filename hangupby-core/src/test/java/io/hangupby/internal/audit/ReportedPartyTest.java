package io.hangupby.internal.audit;

import static io.hangupby.decision.CallEvidenceBuilder.AGENT;
import static io.hangupby.decision.CallEvidenceBuilder.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.BrowserSign;
import io.hangupby.call.CallSid;
import io.hangupby.call.Role;
import io.hangupby.decision.CallEvidence;
import io.hangupby.internal.event.VoiceReport;
import io.hangupby.internal.event.VoiceReport.BrowserEvent;
import io.hangupby.internal.event.VoiceReport.EndedFrom;
import io.hangupby.internal.event.VoiceReport.LegSummary;
import io.hangupby.internal.event.VoiceReport.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What reports prove, in any order of arrival. */
class ReportedPartyTest {
    private static final CallEvidence EVIDENCE = CallEvidence.builder().build();
    private static final Instant LEFT = EVIDENCE.segment().left();

    @ParameterizedTest
    @CsvSource({
        // customer's leg, ms after the segment, agent's leg, ms, what the browser said, whose end it was
        "CALLER, 0, CALLER, 0, , CUSTOMER",
        "CALLER, 1000, CALLER, 0, HUNG_UP_THERE, CUSTOMER",
        "CALLER, -60000, CALLER, 0, , CUSTOMER",
        "CALLER, 0, , , HUNG_UP_THERE, CUSTOMER",
        "CALLER, 1001, CALLER, 0, HUNG_UP_THERE,",
        "CALLER, 0, CALLER, -1001, HUNG_UP_THERE,",
        "CALLER, 0, CALLER, 2001, HUNG_UP_THERE,",
        "CALLER, 0, , , ,",
        "CALLER, 0, , , HUNG_UP_HERE,",
        "CALLER, 0, CALLER, 0, HUNG_UP_HERE,",
        "CALLER, 0, CALLEE, 0, ,",
        "CALLER, 0, UNKNOWN, 0, HUNG_UP_THERE,",
        "CALLER, 0, UNKNOWN, 0, NETWORK_LOST,",
        "CALLEE, 0, CALLEE, 0, , AGENT",
        "CALLEE, 1000, CALLEE, 0, HUNG_UP_HERE, AGENT",
        "CALLEE, -1001, CALLEE, 0, HUNG_UP_HERE, UNKNOWN",
        "CALLEE, 0, CALLEE, 0, HUNG_UP_THERE, UNKNOWN",
        "CALLEE, 0, CALLER, 0, , UNKNOWN",
        "CALLEE, 0, , , HUNG_UP_HERE, UNKNOWN",
        "CALLEE, 0, , , , UNKNOWN",
        "CALLEE, 1001, CALLEE, 1001, HUNG_UP_HERE,",
        "UNKNOWN, 0, CALLEE, 0, HUNG_UP_HERE,",
        ", , CALLEE, 0, HUNG_UP_HERE,",
        ", , , , HUNG_UP_HERE,"
    })
    void both_legs_prove_a_party(
            EndedFrom customer, Long customerAfter, EndedFrom agent, Long agentAfter, BrowserSign sign, Role whose) {
        List<VoiceReport> reports = new ArrayList<>();
        if (customer != null) {
            reports.add(summary(CUSTOMER, customer, true, customerAfter, Stage.COMPLETE));
        }
        if (agent != null) {
            reports.add(summary(AGENT, agent, false, agentAfter, Stage.COMPLETE));
        }
        if (sign != null) {
            reports.add(new BrowserEvent(EVIDENCE.segment().task(), AGENT, LEFT, sign));
        }

        assertThat(ReportedParty.of(EVIDENCE, reports)).isEqualTo(Optional.ofNullable(whose));

        Collections.reverse(reports);
        assertThat(ReportedParty.of(EVIDENCE, reports)).isEqualTo(Optional.ofNullable(whose));
    }

    @Test
    void a_more_complete_summary_takes_back_what_an_earlier_summary_proved() {
        List<VoiceReport> first = List.of(
                summary(CUSTOMER, EndedFrom.CALLER, true, 0, Stage.PARTIAL),
                summary(AGENT, EndedFrom.CALLER, false, 0, Stage.PARTIAL));
        List<VoiceReport> later = new ArrayList<>(first);
        later.add(summary(AGENT, EndedFrom.CALLEE, false, 0, Stage.COMPLETE));

        CallEvidence turned = ReportedParty.addedTo(EVIDENCE, first);

        assertThat(turned.reportedEnd()).contains(Role.CUSTOMER);
        assertThat(ReportedParty.addedTo(turned, later).reportedEnd()).isEmpty();
        assertThat(ReportedParty.addedTo(EVIDENCE, List.of())).isSameAs(EVIDENCE);
    }

    private static LegSummary summary(CallSid leg, EndedFrom from, boolean inbound, long millisAfter, Stage stage) {
        return new LegSummary(
                EVIDENCE.segment().task(),
                leg,
                LEFT.plusSeconds(60),
                stage,
                from,
                Optional.of(inbound),
                Optional.of(LEFT.plusMillis(millisAfter)),
                Optional.of(200));
    }
}
