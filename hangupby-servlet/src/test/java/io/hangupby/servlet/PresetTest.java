package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.simulator.CallOptions;
import io.hangupby.simulator.PluginMarker;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.account.InsightsSnapshot;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls whose tasks get the customer's value at their creation, over real HTTP. */
class PresetTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private static CallCentre centre;
    private static Agent ann;
    private static Agent bob;

    @BeforeAll
    static void open() throws Exception {
        centre = new CallCentre(settings -> settings.presetOnCreate(true));
        ann = centre.twilio().browserAgent("Ann");
        bob = centre.twilio().browserAgent("Bob");
    }

    @AfterAll
    static void close() {
        centre.close();
    }

    @Test
    void a_caller_who_gives_up_in_the_queue_has_a_value() {
        SimulatedCall call = waits(CallOptions.defaults()).customerGivesUp();

        assertThat(call.queueSnapshot().flatMap(InsightsSnapshot::hangUpBy)).contains("customer");
        assertThat(apiCalls(call)).isEqualTo(2);
    }

    @Test
    void a_caller_who_gives_up_after_a_cold_transfer_has_a_value() {
        SimulatedCall call = waits(CallOptions.defaults()).accepts(ann).startsColdTransferToQueue(ann);
        call.agentLeaves(ann);
        centre.awaitOutcomes(call, 1);
        call.completes(ann);
        call.task().awaitHangUpBy("customer", SOON);

        call.customerGivesUp();

        assertThat(call.hangUpByAtCompletion(call.reservationSid(ann))).contains("cold transfer");
        assertThat(call.queueSnapshot().flatMap(InsightsSnapshot::hangUpBy)).contains("customer");
    }

    @Test
    void a_customers_hang_up_needs_no_other_value() {
        SimulatedCall call = waits(CallOptions.defaults()).accepts(ann).customerHangsUp();

        assertThat(readFor(ann, call)).contains("customer");
        assertThat(call.task().writes()).hasSize(1);
        assertThat(apiCalls(call)).isEqualTo(2 + 3);
    }

    @Test
    void both_agents_of_a_transfer_have_their_own_value() {
        SimulatedCall call = waits(CallOptions.defaults()).accepts(ann).startsColdTransfer(ann, bob);
        call.agentLeaves(ann);
        centre.awaitOutcomes(call, 1);
        call.accepts(bob).completes(ann);
        call.task().awaitHangUpBy("customer", SOON);
        call.agentCrashes(bob);
        centre.awaitOutcomes(call, 2);
        call.completes(bob);

        assertThat(call.hangUpByAtCompletion(call.reservationSid(ann))).contains("cold transfer");
        assertThat(call.hangUpByAtCompletion(call.reservationSid(bob))).contains("disconnect");
    }

    @Test
    void no_value_is_left_without_evidence() {
        SimulatedCall call = waits(CallOptions.builder().evidenceHidden().build())
                .accepts(ann)
                .customerHangsUp();

        assertThat(readFor(ann, call)).isEmpty();
    }

    @Test
    void a_voicemail_has_no_value() {
        SimulatedCall call = centre.twilio().voicemailTask();
        call.task().awaitHangUpBy("customer", SOON);
        call.rings(ann).accepts(ann).agentFinishesTask(ann);

        assertThat(readFor(ann, call)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_outbound_call_of_an_agent_has_no_preset(boolean outbound) {
        SimulatedCall call = outbound
                ? centre.twilio().outboundCall(ann).customerBusy()
                : centre.twilio().internalCall(ann, bob).agentClicksHangUp(ann, PluginMarker.NONE);

        assertThat(readFor(ann, call)).isEmpty();
        assertThat(call.task().writes()).isEmpty();
    }

    @Test
    void a_repeated_event_of_the_tasks_creation_resets_nothing() {
        SimulatedCall call = waits(CallOptions.defaults()).repeats("task.created");
        centre.twilio().delivery().awaitQuiet(SOON);
        call.accepts(ann).agentCrashes(ann);
        centre.awaitOutcomes(call, 1);
        call.repeats("task.created");

        assertThat(readFor(ann, call)).contains("disconnect");
        assertThat(call.task().writes()).hasSize(2);
        assertThat(apiCalls(call)).isEqualTo(2 + 5);
    }

    /** Starts a call whose task has its value, and whose reservation no agent has accepted. */
    private static SimulatedCall waits(CallOptions options) {
        SimulatedCall call = centre.twilio().inboundCall(options).waitsInQueue();
        call.task().awaitHangUpBy("customer", SOON);
        return call;
    }

    private static Optional<String> readFor(Agent agent, SimulatedCall call) {
        centre.awaitOutcomes(call, 1);
        call.completes(agent);
        return call.hangUpByAtCompletion(call.reservationSid(agent));
    }

    private static int apiCalls(SimulatedCall call) {
        return centre.twilio().counters().totalOfTask(call.taskSid());
    }
}
