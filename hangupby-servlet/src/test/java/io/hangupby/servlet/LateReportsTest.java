package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.AgentMarker;
import io.hangupby.decision.AuditResult.Status;
import io.hangupby.decision.Fact.Source;
import io.hangupby.decision.Outcome;
import io.hangupby.simulator.CallOptions;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.VoiceReports;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.events.VoiceReportEvent;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reports of Voice Insights that come by Event Streams while the agent is in wrap-up, or after. */
@Timeout(120)
class LateReportsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern SID = Pattern.compile("CA[0-9a-f]{32}");

    private final CallCentre centre;
    private final TwilioSimulator twilio;
    private final Agent ann;

    LateReportsTest() throws Exception {
        centre = new CallCentre(settings -> settings);
        twilio = centre.twilio();
        ann = twilio.browserAgent("Ann");
        twilio.eventStream(URI.create(centre.address() + "/events"), CallCentre.PUBLIC_URL + "/events");
    }

    @AfterEach
    void end() {
        centre.close();
    }

    @Test
    void a_segment_without_a_verdict_is_the_customers_once_both_legs_say_so() {
        SimulatedCall call = silent().customerHangsUp();
        assertThat(last(call, 1).verdict().rule()).isEqualTo("undecided");
        assertThat(call.task().hangUpBy()).isEmpty();

        report(call.voiceReports());

        call.task().awaitHangUpBy("customer", SOON);
        Outcome turned = last(call, 1);
        assertThat(turned.verdict().rule()).isEqualTo("reported-end");
        assertThat(turned.verdict().reason()).isEqualTo("the customer hung up, as Voice Insights reports of both legs");
        assertThat(turned.verdict().facts()).allMatch(fact -> fact.source() == Source.VOICE_INSIGHTS);
        call.completes(ann);
        assertThat(call.hangUpByAtCompletion(call.reservationSid(ann))).contains("customer");
        assertThat(explained(call))
                .contains("the customer's leg was ended by the customer, and the agent's leg by Twilio");
    }

    @Test
    void reports_in_the_other_order_and_twice_lead_to_the_same_value() {
        SimulatedCall call = silent().customerHangsUp();
        centre.awaitOutcomes(call, 1);
        List<VoiceReportEvent> reports = new ArrayList<>(call.voiceReports().events());
        Collections.reverse(reports);

        for (VoiceReportEvent report : reports) {
            send(List.of(report));
            send(List.of(report));
        }

        call.task().awaitHangUpBy("customer", SOON);
        int requests = centre.apiCalls(call);
        reports.forEach(report -> send(List.of(report)));
        assertThat(centre.apiCalls(call)).isEqualTo(requests);
        assertThat(call.task().hangUpBy()).contains("customer");
    }

    @Test
    void an_agent_whose_leg_went_with_the_customers_is_not_blamed_for_a_click() {
        SimulatedCall call = silent().agentRefreshes(ann);
        centre.awaitOutcomes(call, 1);

        report(call.voiceReports());

        call.task().awaitHangUpBy("disconnect", SOON);
        assertThat(last(call, 1).verdict().rule()).isEqualTo("reported-end");
    }

    @Test
    void a_browser_that_closed_its_leg_in_good_order_does_not_turn_a_drop_into_a_click() {
        SimulatedCall call = talk().agentRefreshes(ann);
        call.task().awaitHangUpBy("disconnect", SOON);
        centre.awaitOutcomes(call, 1);
        int requests = centre.apiCalls(call);

        report(call.voiceReports());

        assertThat(centre.apiCalls(call)).isEqualTo(requests);
        assertThat(call.task().hangUpBy()).contains("disconnect");
        assertThat(audited("agent-left", Status.AGREES)).isEqualTo(1);
    }

    @Test
    void what_a_drop_and_a_program_are_blamed_for_turns_into_the_customers_hang_up() {
        SimulatedCall dropped = talk().agentCrashes(ann);
        dropped.task().awaitHangUpBy("disconnect", SOON);
        SimulatedCall ended = talk().programEndsConference();
        ended.task().awaitHangUpBy("system", SOON);
        centre.awaitOutcomes(dropped, 1);
        centre.awaitOutcomes(ended, 1);

        report(customerHungUp(dropped).lyingAbout(agentLeg(dropped)));
        report(customerHungUp(ended));

        dropped.task().awaitHangUpBy("customer", SOON);
        ended.task().awaitHangUpBy("customer", SOON);
        assertThat(last(dropped, 1).verdict().rule()).isEqualTo("reported-end");
        assertThat(last(ended, 1).verdict().rule()).isEqualTo("reported-end");
    }

    @Test
    void a_click_stays_the_agents_whatever_the_reports_say() {
        SimulatedCall call = talk().agentClicksHangUp(ann);
        centre.awaitOutcomes(call, 1);
        int requests = centre.apiCalls(call);

        report(customerHungUp(call).lyingAbout(agentLeg(call)));

        assertThat(centre.apiCalls(call)).isEqualTo(requests);
        assertThat(call.task().hangUpBy()).contains("agent");
        assertThat(audited("agent-left", Status.DISAGREES)).isEqualTo(1);
    }

    @Test
    void reports_after_the_completion_turn_nothing() {
        SimulatedCall call = silent().customerHangsUp();
        centre.awaitOutcomes(call, 1);
        call.completes(ann);
        twilio.delivery().awaitQuiet(SOON);
        centre.awaitNothingDue();
        int requests = centre.apiCalls(call);

        report(call.voiceReports());

        assertThat(centre.apiCalls(call)).isEqualTo(requests);
        assertThat(call.task().hangUpBy()).isEmpty();
        assertThat(last(call, 1).verdict().rule()).isEqualTo("undecided");
        assertThat(explained(call)).contains("it would have been customer");
    }

    @Test
    void the_audit_does_not_count_a_verdict_that_rests_on_the_reports_as_agreeing() {
        SimulatedCall call = silent().customerHangsUp();
        centre.awaitOutcomes(call, 1);

        report(call.voiceReports());

        call.task().awaitHangUpBy("customer", SOON);
        assertThat(audited("reported-end", Status.NOT_COMPARABLE)).isEqualTo(1);
        assertThat(audited("reported-end", Status.AGREES)).isZero();
    }

    @Test
    void without_a_plugin_the_customers_hang_up_is_no_agents() throws Exception {
        try (CallCentre other = new CallCentre(settings -> settings.agentMarker(AgentMarker.NONE))) {
            other.twilio().eventStream(URI.create(other.address() + "/events"), CallCentre.PUBLIC_URL + "/events");
            Agent bob = other.twilio().browserAgent("Bob");
            SimulatedCall call =
                    other.twilio().inboundCall().waitsInQueue().accepts(bob).agentCrashes(bob);
            other.awaitOutcomes(call, 1);

            int status = other.twilio()
                    .delivery()
                    .postBatch(customerHungUp(call).lyingAbout(agentLeg(call)).events());

            assertThat(status).isEqualTo(204);
            call.task().awaitHangUpBy("customer", SOON);
        }
    }

    private SimulatedCall talk() {
        return twilio.inboundCall().waitsInQueue().accepts(ann);
    }

    /** The ended conference names neither reason nor leg. */
    private SimulatedCall silent() {
        return twilio.inboundCall(CallOptions.builder().evidenceHidden().build())
                .waitsInQueue()
                .accepts(ann);
    }

    /** Returns reports in which the customer's leg was ended by the customer. */
    private static VoiceReports customerHungUp(SimulatedCall call) {
        return call.voiceReports().lyingAbout(call.customerCallSid().orElseThrow());
    }

    /** Only the agent's leg has a browser. */
    private static String agentLeg(SimulatedCall call) {
        return call.voiceReports().events().stream()
                .filter(event -> event.type().equals("call-event.sdk"))
                .map(event -> SID.matcher(event.data())
                        .results()
                        .findFirst()
                        .orElseThrow()
                        .group())
                .findFirst()
                .orElseThrow();
    }

    private Outcome last(SimulatedCall call, int segments) {
        List<Outcome> known = centre.awaitOutcomes(call, segments);
        return known.get(known.size() - 1);
    }

    private void report(VoiceReports reports) {
        send(reports.events());
    }

    private void send(List<VoiceReportEvent> reports) {
        assertThat(twilio.delivery().postBatch(reports)).isEqualTo(204);
        centre.awaitNothingDue();
    }

    private long audited(String rule, Status status) {
        return centre.hangUpBy().auditReport().count(rule, status);
    }

    private String explained(SimulatedCall call) {
        return centre.hangUpBy().explain(twilio.workspaceSid(), call.taskSid()).toString();
    }
}
