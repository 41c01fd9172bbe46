package io.hangupby.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.hangupby.simulator.ExpectedOutcome.Cause;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.account.LegDeparture;
import io.hangupby.simulator.account.LegDeparture.DepartureReason;
import io.hangupby.simulator.events.WorkspaceEvent;
import io.hangupby.simulator.internal.text.InPlaceJson;
import io.hangupby.testing.HandClock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedCallTest {

    private static final String FLAGGED_LEFT = "participant-with-end-conference-on-exit-left";
    private static final String FLAGGED_KICKED = "participant-with-end-conference-on-exit-kicked";

    private final HandClock clock = new HandClock();
    private final TwilioSimulator twilio =
            TwilioSimulator.builder().clock(clock).start();
    private final ApiClient api = new ApiClient(twilio);
    private final Agent agent = twilio.browserAgent("Ann Example");

    @AfterEach
    void stop() {
        twilio.close();
    }

    private String agentCall(SimulatedCall call) throws Exception {
        return attributes(call)
                .path("conference")
                .path("participants")
                .path("worker")
                .textValue();
    }

    private JsonNode attributes(SimulatedCall call) throws Exception {
        return InPlaceJson.MAPPER.readTree(call.task().attributes());
    }

    private void assertConference(SimulatedCall call, String reason, String endingCall) throws Exception {
        JsonNode conference = api.read(api.conference(call));
        assertThat(conference.get("status").textValue()).isEqualTo("completed");
        assertThat(conference.get("reason_conference_ended").textValue()).isEqualTo(reason);
        assertThat(conference.get("call_sid_ending_conference").asText()).isEqualTo(endingCall);
        assertThat(call.task().status()).isEqualTo("wrapping");
        JsonNode reservation = api.read(api.task(call) + "/Reservations/" + call.reservationSid(agent));
        assertThat(reservation.get("reservation_status").textValue()).isEqualTo("wrapping");
    }

    private void assertExpected(SimulatedCall call, Cause cause, String expected) {
        assertThat(call.expectedOutcomes())
                .containsOnlyKeys(call.reservationSid(agent))
                .containsValue(
                        new ExpectedOutcome(cause, expected.isEmpty() ? Optional.empty() : Optional.of(expected)));
    }

    private String customerStatus(SimulatedCall call) throws Exception {
        return api.read(api.customerCall(call)).get("status").textValue();
    }

    private SimulatedCall talking() {
        return twilio.inboundCall().accepts(agent);
    }

    @Nested
    class Beginning {

        @Test
        void there_is_no_conference_until_an_agent_accepts() throws Exception {
            SimulatedCall call = twilio.inboundCall().waitsInQueue().rings(agent);
            assertThat(attributes(call).has("conference")).isFalse();
            assertThat(call.task().status()).isEqualTo("reserved");
            String queued = call.task().attributes();
            call.accepts(agent);
            assertThat(call.task().attributes())
                    .isEqualTo(queued.substring(0, queued.length() - 1)
                            + ",\"conference\":{\"sid\":\""
                            + call.conferenceSid().orElseThrow()
                            + "\",\"participants\":{\"worker\":\"" + agentCall(call) + "\",\"customer\":\""
                            + call.customerCallSid().orElseThrow() + "\"}}}");
            assertThat(attributes(call).get("call_sid").textValue())
                    .isEqualTo(call.customerCallSid().orElseThrow());
            assertThat(call.task().status()).isEqualTo("assigned");
        }

        @Test
        void the_contact_uri_of_the_agent_is_dialled() throws Exception {
            Agent desk = twilio.deskPhoneAgent("Dan", "+15552000001");
            SimulatedCall call = twilio.inboundCall().accepts(desk);
            JsonNode leg = api.read(api.account("/Calls/" + agentCall(call) + ".json"));
            assertThat(leg.get("to").textValue()).isEqualTo("+15552000001");
            assertThat(leg.get("status").textValue()).isEqualTo("in-progress");
            assertThat(desk.inBrowser()).isFalse();
            assertThat(agent.inBrowser()).isTrue();
        }

        @Test
        void a_declined_task_waits_in_the_queue_again() {
            SimulatedCall call = twilio.inboundCall().rings(agent).declines(agent);
            assertThat(call.task().status()).isEqualTo("pending");
            assertThat(call.events()).last().extracting(WorkspaceEvent::type).isEqualTo("reservation.rejected");
            Agent other = twilio.browserAgent("Bob");
            call.accepts(other).customerHangsUp();
            assertThat(call.expectedOutcomes()).containsOnlyKeys(call.reservationSid(other));
        }

        @Test
        void an_impossible_step_is_rejected() {
            SimulatedCall call = twilio.inboundCall();
            assertThatThrownBy(call::customerHangsUp).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> call.completes(agent)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    class EndedByTheCustomer {

        @Test
        void the_customer_can_hang_up() throws Exception {
            SimulatedCall call = talking().customerHangsUp();
            assertConference(call, FLAGGED_LEFT, call.customerCallSid().orElseThrow());
            assertExpected(call, Cause.CUSTOMER_HUNG_UP, "customer");
            assertThat(customerStatus(call)).isEqualTo("completed");
            assertThat(call.departures())
                    .extracting(LegDeparture::reason)
                    .containsExactly(DepartureReason.PARTICIPANT_HUNG_UP, DepartureReason.MODERATOR_ENDED_CONFERENCE);
            assertThat(call.departures().get(0).callSid())
                    .isEqualTo(call.customerCallSid().orElseThrow());
        }

        @Test
        void the_customer_can_lose_the_signal() throws Exception {
            SimulatedCall call = talking().customerLosesSignal();
            assertConference(call, FLAGGED_LEFT, call.customerCallSid().orElseThrow());
            assertExpected(call, Cause.CUSTOMER_LOST_SIGNAL, "customer");
        }

        @Test
        void the_customer_can_hang_up_on_hold() throws Exception {
            SimulatedCall call = talking().hold();
            assertThat(api.read(api.participants(call))
                            .get("participants")
                            .get(1)
                            .get("hold")
                            .booleanValue())
                    .isTrue();
            assertExpected(call.customerHangsUp(), Cause.CUSTOMER_HUNG_UP, "customer");
        }

        @Test
        void the_customer_can_leave_first_without_ending_the_conference() throws Exception {
            SimulatedCall call = twilio.inboundCall(
                            CallOptions.builder().noEndOnExit().build())
                    .accepts(agent)
                    .customerHangsUp();
            assertThat(call.task().status()).isEqualTo("assigned");
            assertThat(api.read(api.participants(call)).get("participants")).hasSize(1);
            call.agentClicksHangUp(agent);
            assertConference(call, "last-participant-left", agentCall(call));
            assertExpected(call, Cause.CUSTOMER_HUNG_UP, "customer");
        }
    }

    @Nested
    class EndedByTheAgent {

        @Test
        void a_click_writes_the_named_marker() throws Exception {
            SimulatedCall call = talking();
            call.agentClicksHangUp(agent);
            assertConference(call, FLAGGED_LEFT, agentCall(call));
            assertExpected(call, Cause.AGENT_CLICKED, "agent");
            assertThat(call.task().hangUpBy()).contains("agent");
            JsonNode marker = attributes(call).get("hangupby").get("agent_hangup");
            assertThat(marker.get("reservation").textValue()).isEqualTo(call.reservationSid(agent));
            assertThat(marker.get("at").longValue()).isEqualTo(clock.instant().toEpochMilli());
        }

        @ParameterizedTest
        @EnumSource(
                value = PluginMarker.class,
                names = {"BARE", "NONE"})
        void a_click_can_write_less_than_the_named_marker(PluginMarker marker) throws Exception {
            SimulatedCall call = talking().agentClicksHangUp(agent, marker);
            assertExpected(call, Cause.AGENT_CLICKED, "agent");
            assertThat(call.task().hangUpBy())
                    .isEqualTo(marker == PluginMarker.BARE ? Optional.of("agent") : Optional.empty());
            assertThat(attributes(call).has("hangupby")).isFalse();
        }

        @Test
        void the_agent_can_leave_first_without_ending_the_conference() throws Exception {
            SimulatedCall call = twilio.inboundCall(
                            CallOptions.builder().noEndOnExit().build())
                    .accepts(agent)
                    .agentClicksHangUp(agent);
            assertThat(call.task().status()).isEqualTo("wrapping");
            assertThat(api.read(api.conference(call)).get("status").textValue()).isEqualTo("in-progress");
            call.customerHangsUp();
            assertConference(
                    call, "last-participant-left", call.customerCallSid().orElseThrow());
            assertExpected(call, Cause.AGENT_CLICKED, "agent");
        }

        @Test
        void a_refresh_or_a_crash_disconnects_the_agent() throws Exception {
            SimulatedCall refreshed = talking().agentRefreshes(agent);
            assertConference(refreshed, FLAGGED_LEFT, agentCall(refreshed));
            assertExpected(refreshed, Cause.AGENT_REFRESHED, "disconnect");
            assertThat(refreshed.task().hangUpBy()).isEmpty();
            assertExpected(talking().agentCrashes(agent), Cause.AGENT_CRASHED, "disconnect");
        }

        @Test
        void the_agent_can_put_down_the_handset() throws Exception {
            SimulatedCall call = talking().agentPutsDownHandset(agent);
            assertConference(call, FLAGGED_LEFT, agentCall(call));
            assertExpected(call, Cause.AGENT_PUT_DOWN_HANDSET, "agent");
        }

        @Test
        void the_agent_can_remove_the_customer() throws Exception {
            SimulatedCall call = talking().agentRemovesCustomer(agent);
            assertConference(call, FLAGGED_KICKED, call.customerCallSid().orElseThrow());
            assertExpected(call, Cause.AGENT_REMOVED_CUSTOMER, "agent");
            assertThat(customerStatus(call)).isEqualTo("completed");
            assertThat(call.departures().get(0).reason()).isEqualTo(DepartureReason.PARTICIPANT_UPDATED_VIA_API);
        }

        @Test
        void the_agent_can_end_the_conference_for_all() throws Exception {
            SimulatedCall call = talking().agentEndsForAll(agent);
            assertConference(call, "conference-ended-via-api", "null");
            assertExpected(call, Cause.AGENT_ENDED_FOR_ALL, "agent");
            assertThat(call.task().hangUpBy()).contains("agent");
        }

        @Test
        void the_agent_can_redirect_the_customer_to_a_survey() throws Exception {
            SimulatedCall call = talking().customerMovedOn(agent, PluginMarker.NAMED);
            assertConference(call, FLAGGED_LEFT, call.customerCallSid().orElseThrow());
            assertExpected(call, Cause.AGENT_SENT_CUSTOMER_ON, "agent");
            assertThat(customerStatus(call)).isEqualTo("in-progress");
            assertThat(call.departures().get(0).callStatus()).isEqualTo("in-progress");
            call.movedCustomerHangsUp();
            assertThat(customerStatus(call)).isEqualTo("completed");
        }
    }

    @Nested
    class EndedByAProgram {

        @Test
        void a_program_can_end_the_conference() throws Exception {
            SimulatedCall call = talking().programEndsConference();
            assertConference(call, "conference-ended-via-api", "null");
            assertExpected(call, Cause.PROGRAM_ENDED_CONFERENCE, "system");
            assertThat(call.departures())
                    .extracting(LegDeparture::reason)
                    .containsOnly(DepartureReason.CONFERENCE_ENDED_VIA_API);
        }

        @Test
        void a_program_can_redirect_the_customer() throws Exception {
            SimulatedCall call = talking().customerMovedOn();
            assertConference(call, FLAGGED_LEFT, call.customerCallSid().orElseThrow());
            assertExpected(call, Cause.PROGRAM_MOVED_CUSTOMER, "system");
            assertThat(call.task().hangUpBy()).isEmpty();
        }
    }

    @Nested
    class DiallingOut {

        @Test
        void a_dialled_customer_rings_and_answers_the_phone() throws Exception {
            SimulatedCall call = twilio.outboundCall(agent);
            assertThat(attributes(call).has("call_sid")).isFalse();
            assertThat(attributes(call).get("direction").textValue()).isEqualTo("outbound");
            assertThat(customerStatus(call)).isEqualTo("ringing");
            JsonNode customerLeg =
                    api.read(api.participants(call)).get("participants").get(1);
            assertThat(customerLeg.get("status").textValue()).isEqualTo("ringing");
            call.customerPicksUp();
            assertThat(customerStatus(call)).isEqualTo("in-progress");
            assertExpected(call.customerHangsUp(), Cause.CUSTOMER_HUNG_UP, "customer");
        }

        @Test
        void a_dialled_customer_can_be_busy() throws Exception {
            SimulatedCall call = twilio.outboundCall(
                            agent, CallOptions.builder().noEndOnExit().build())
                    .customerBusy();
            assertConference(call, "last-participant-left", agentCall(call));
            assertExpected(call, Cause.NEVER_CONNECTED, "");
            assertThat(customerStatus(call)).isEqualTo("busy");
            assertThat(call.departures().get(0).reason()).isEqualTo(DepartureReason.PARTICIPANT_ADD_FAILED);
            assertThat(call.departures().get(1).reason()).isEqualTo(DepartureReason.PARTICIPANT_HUNG_UP);
        }

        @Test
        void a_dialled_customer_can_let_the_phone_ring() throws Exception {
            SimulatedCall call = twilio.outboundCall(agent).customerDoesNotPickUp();
            assertConference(call, FLAGGED_LEFT, agentCall(call));
            assertThat(customerStatus(call)).isEqualTo("no-answer");
            assertThat(customerStatus(twilio.outboundCall(agent).callFails())).isEqualTo("failed");
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void the_agent_can_stop_dialling(boolean flagged) throws Exception {
            SimulatedCall call = twilio.outboundCall(
                            agent,
                            CallOptions.builder().endOnExit(flagged, flagged).build())
                    .agentCancelsDial(agent);
            assertConference(call, flagged ? FLAGGED_LEFT : "last-participant-left", agentCall(call));
            assertExpected(call, Cause.AGENT_CANCELLED_DIAL, "agent");
            assertThat(customerStatus(call)).isEqualTo("canceled");
        }
    }

    @Nested
    class WithoutACustomer {

        @Test
        void an_internal_call_has_no_customer() throws Exception {
            SimulatedCall call = twilio.internalCall(agent, twilio.browserAgent("Bob"));
            assertThat(attributes(call).get("client_call").booleanValue()).isTrue();
            assertThat(attributes(call).has("call_sid")).isFalse();
            assertThat(attributes(call).path("conference").path("participants").has("customer"))
                    .isFalse();
            assertThat(api.read(api.participants(call)).get("participants")).hasSize(2);
            call.agentClicksHangUp(agent, PluginMarker.NONE);
            assertConference(call, FLAGGED_LEFT, agentCall(call));
            assertExpected(call, Cause.NO_CUSTOMER, "");
        }

        @Test
        void a_voicemail_task_is_finished_without_a_call() throws Exception {
            SimulatedCall call = twilio.voicemailTask().accepts(agent);
            assertThat(call.conferenceSid()).isEmpty();
            assertThat(attributes(call).has("conference")).isFalse();
            call.agentFinishesTask(agent).completes(agent);
            assertExpected(call, Cause.NO_CUSTOMER, "");
            assertThat(call.task().status()).isEqualTo("completed");
        }

        @Test
        void a_customer_can_give_up_in_the_queue() throws Exception {
            SimulatedCall call = twilio.inboundCall().waitsInQueue().customerGivesUp();
            assertThat(call.task().status()).isEqualTo("canceled");
            assertThat(call.expectedQueueOutcome()).contains(new ExpectedOutcome(Cause.ABANDONED, Optional.empty()));
            assertThat(call.queueSnapshot().orElseThrow().hangUpBy()).isEmpty();
            assertThat(call.expectedOutcomes()).isEmpty();
            assertThat(customerStatus(call)).isEqualTo("completed");
        }

        @Test
        void a_customer_can_give_up_while_the_agent_is_rung() throws Exception {
            SimulatedCall call = twilio.inboundCall().rings(agent).customerGivesUp();
            JsonNode reservation = api.read(api.task(call) + "/Reservations/" + call.reservationSid(agent));
            assertThat(reservation.get("reservation_status").textValue()).isEqualTo("canceled");
            assertThat(call.events())
                    .extracting(WorkspaceEvent::type)
                    .endsWith("reservation.canceled", "task.canceled");
        }
    }

    @Nested
    class Completing {

        @Test
        void completion_copies_the_attributes_of_that_moment() throws Exception {
            SimulatedCall call = talking().customerHangsUp();
            String reservation = call.reservationSid(agent);
            clock.step(Duration.ofMillis(250));
            String written = InPlaceJson.set(call.task().attributes(), "\"customer\"", "conversations", "hang_up_by");
            assertThat(api.writeAttributes(call, written).statusCode()).isEqualTo(200);
            assertThat(call.hangUpByAtCompletion(reservation)).isEmpty();
            call.completes(agent);
            call.task().edit("\"too late\"", "conversations", "hang_up_by");
            assertThat(call.hangUpByAtCompletion(reservation)).contains("customer");
            assertThat(call.snapshot(reservation).orElseThrow().attributes()).isEqualTo(written);
            assertThat(call.timeToValue(reservation)).contains(Duration.ofMillis(250));
            assertThat(call.task().status()).isEqualTo("completed");
        }

        @Test
        void the_baseline_contains_no_update_through_the_api() throws Exception {
            SimulatedCall call = talking().customerHangsUp();
            String before = call.task().attributes();
            api.writeAttributes(call, "{\"spoilt\":true}");
            assertThat(call.task().baseline()).isEqualTo(before);
        }
    }

    @Test
    void a_marker_changes_no_other_attribute() {
        UnaryOperator<String> strip = text -> text.replaceAll(",\"conversations\":.*$", "");
        SimulatedCall call = twilio.inboundCall(
                        CallOptions.builder().trickyAttributes().build())
                .accepts(agent);
        String before = call.task().attributes();
        call.agentClicksHangUp(agent);
        assertThat(strip.apply(call.task().attributes())).isEqualTo(before.substring(0, before.lastIndexOf('\t')));
    }

    @Test
    void the_plugin_writes_no_marker_if_conversations_is_not_an_object() {
        SimulatedCall call = twilio.inboundCall(
                        CallOptions.builder().conversations("\"a text\"").build())
                .accepts(agent);
        String before = call.task().attributes();
        call.agentClicksHangUp(agent);
        assertThat(call.task().attributes()).isEqualTo(before);
        assertExpected(call, Cause.AGENT_CLICKED, "");
    }

    @Test
    void a_connection_that_comes_back_changes_nothing() {
        SimulatedCall call = talking().agentConnectionBlips(agent);
        assertThat(call.task().status()).isEqualTo("assigned");
        assertThat(call.expectedOutcomes()).isEmpty();
    }

    @Test
    void a_test_can_wait_for_a_value_and_for_its_removal() throws Exception {
        SimulatedCall call = talking();
        call.task().awaitNoHangUpBy(Duration.ZERO);
        assertThatThrownBy(() -> call.task().awaitHangUpBy("agent", Duration.ofMillis(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("no value", "No event was sent, because callback(…) was not called");
        Thread clicker = new Thread(() -> call.agentClicksHangUp(agent));
        clicker.start();
        call.task().awaitHangUpBy("agent", Duration.ofSeconds(10));
        clicker.join();
        assertThat(call.task().status()).isEqualTo("wrapping");
        assertThatThrownBy(() -> call.task().awaitNoHangUpBy(Duration.ofMillis(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("agent");
    }
}
