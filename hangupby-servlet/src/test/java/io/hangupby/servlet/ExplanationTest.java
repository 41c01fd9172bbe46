package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hangupby.HangUpBy;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Explanation;
import io.hangupby.decision.Finding;
import io.hangupby.decision.RuleTrace;
import io.hangupby.decision.SegmentExplanation;
import io.hangupby.decision.WriteResult;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.rest.ApiOperation;
import io.hangupby.simulator.rest.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Explanations of a call, from the backend that decided it and from a backend that does not know it. */
class ExplanationTest {
    private static CallCentre centre;

    @BeforeAll
    static void open() throws Exception {
        centre = new CallCentre(settings -> settings);
    }

    @AfterAll
    static void close() {
        centre.close();
    }

    private static SimulatedCall customerHangsUp() {
        Agent agent = centre.twilio().browserAgent("Alice");
        SimulatedCall call = centre.twilio()
                .inboundCall()
                .waitsInQueue()
                .rings(agent)
                .accepts(agent)
                .customerHangsUp();
        centre.awaitOutcomes(call, 1);
        return call;
    }

    private static String workspace() {
        return centre.twilio().workspaceSid();
    }

    private static void saysThatTheCustomerLeft(SegmentExplanation explained) {
        assertThat(explained.verdict().endedBy()).contains(EndedBy.CUSTOMER);
        assertThat(explained.rules())
                .extracting(RuleTrace::rule)
                .containsExactly(
                        "not-a-customer-call",
                        "never-connected",
                        "cold-transfer",
                        "warm-transfer",
                        "consult",
                        "external-cold-transfer",
                        "customer-moved-on",
                        "external-warm-transfer",
                        "customer-removed",
                        "customer-left");
        List<RuleTrace> passed = explained.rules().subList(0, 9);
        assertThat(passed).allMatch(tried -> tried.finding() instanceof Finding.NoMatch);
        assertThat(explained.toString())
                .contains(
                        "Ended by: customer, because the customer hung up, and that ended the conference (rule customer-left)");
    }

    /** The response to the update fails, so that hangupby reads the task again before it remembers the value. */
    @Test
    void an_explanation_waits_until_a_value_that_is_in_the_task_is_remembered() {
        Agent agent = centre.twilio().browserAgent("Alice");
        SimulatedCall call =
                centre.twilio().inboundCall().waitsInQueue().rings(agent).accepts(agent);
        centre.twilio().faults().next(ApiOperation.TASK_WRITE, Fault.appliedThenServerError());
        call.customerHangsUp().task().awaitHangUpBy("customer", Duration.ofSeconds(10));

        assertThat(centre.hangUpBy().explain(workspace(), call.taskSid()).toString())
                .contains("In the task: written");
    }

    @Test
    void a_known_task_is_explained_without_requests_to_twilio() {
        SimulatedCall call = customerHangsUp();
        int apiCalls = centre.twilio().counters().totalOfTask(call.taskSid());

        Explanation explanation = centre.hangUpBy().explain(workspace(), call.taskSid());

        assertThat(explanation.segments()).singleElement().satisfies(ExplanationTest::saysThatTheCustomerLeft);
        assertThat(explanation.segments().get(0).written())
                .map(WriteResult::status)
                .contains(WriteResult.Status.WRITTEN);
        assertThat(centre.twilio().counters().totalOfTask(call.taskSid())).isEqualTo(apiCalls);
    }

    @Test
    void an_unknown_task_is_read_from_twilio_and_not_changed() {
        SimulatedCall call = customerHangsUp();
        int writes = centre.twilio().counters().ofTask(call.taskSid(), ApiOperation.TASK_WRITE);

        try (HangUpBy another = HangUpBy.builder()
                .accountSid(centre.twilio().accountSid())
                .authToken(centre.twilio().authToken())
                .workspaceSid(workspace())
                .twilio(t -> t.baseUrl(centre.twilio().baseUrl().toString()))
                .build()) {
            Explanation explanation = another.explain(call.taskSid());

            assertThat(explanation.segments()).singleElement().satisfies(ExplanationTest::saysThatTheCustomerLeft);
            assertThat(explanation.segments().get(0).written()).isEmpty();
        }

        assertThat(centre.twilio().counters().ofTask(call.taskSid(), ApiOperation.TASK_WRITE))
                .isEqualTo(writes);
    }

    @Test
    void a_malformed_task_sid_is_rejected() {
        assertThatThrownBy(() -> centre.hangUpBy().explain(workspace(), "WT123"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a SID: expected WT and 32 hexadecimal digits, got 5 characters");
        assertThatThrownBy(() -> centre.hangUpBy().explain("WT123"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a SID: expected WT and 32 hexadecimal digits, got 5 characters");
        assertThatThrownBy(() -> centre.hangUpBy().explain("WT" + "0".repeat(32), "WT" + "0".repeat(32)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a SID: expected WS and 32 hexadecimal digits, got a SID that begins with WT");
    }

    @Test
    void without_a_workspace_the_exception_says_how_to_name_it() {
        assertThatThrownBy(() -> centre.hangUpBy().explain("WT" + "0".repeat(32)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("hangupby.workspace-sid is not set: name the workspace, explain(workspaceSid, taskSid)");
    }

    @Test
    void a_deleted_task_is_explained() {
        Explanation explanation = centre.hangUpBy().explain(workspace(), "WT" + "0".repeat(32));

        assertThat(explanation.segments()).isEmpty();
        assertThat(explanation.note().orElseThrow()).startsWith("Twilio no longer has this task");
    }
}
