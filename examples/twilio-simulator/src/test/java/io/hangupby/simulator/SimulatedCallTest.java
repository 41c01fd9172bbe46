package io.hangupby.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.hangupby.simulator.Ending.Act;
import io.hangupby.simulator.Leave.Reason;
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

    private final SettableClock clock = new SettableClock();
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
        return JsonText.MAPPER.readTree(call.task().attributes());
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

    private void assertTruth(SimulatedCall call, Act act, String expected) {
        assertThat(call.truth())
                .containsOnlyKeys(call.reservationSid(agent))
                .containsValue(new Ending(act, expected.isEmpty() ? Optional.empty() : Optional.of(expected)));
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
        void hasNoConferenceUntilTheAgentAccepts() throws Exception {
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
        void dialsTheAgentWhereTheAgentIs() throws Exception {
            Agent desk = twilio.deskPhoneAgent("Dan", "+15552000001");
            SimulatedCall call = twilio.inboundCall().accepts(desk);
            JsonNode leg = api.read(api.account("/Calls/" + agentCall(call) + ".json"));
            assertThat(leg.get("to").textValue()).isEqualTo("+15552000001");
            assertThat(leg.get("status").textValue()).isEqualTo("in-progress");
            assertThat(desk.inBrowser()).isFalse();
            assertThat(agent.inBrowser()).isTrue();
        }

        @Test
        void goesBackToTheQueueWhenDeclined() {
            SimulatedCall call = twilio.inboundCall().rings(agent).declines(agent);
            assertThat(call.task().status()).isEqualTo("pending");
            assertThat(call.events()).last().extracting(WorkspaceEvent::type).isEqualTo("reservation.rejected");
            Agent other = twilio.browserAgent("Bob");
            call.accepts(other).customerHangsUp();
            assertThat(call.truth()).containsOnlyKeys(call.reservationSid(other));
        }

        @Test
        void refusesStepsThatCannotBe() {
            SimulatedCall call = twilio.inboundCall();
            assertThatThrownBy(call::customerHangsUp).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> call.completes(agent)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    class EndedByTheCustomer {

        @Test
        void whoHangsUp() throws Exception {
            SimulatedCall call = talking().customerHangsUp();
            assertConference(call, FLAGGED_LEFT, call.customerCallSid().orElseThrow());
            assertTruth(call, Act.CUSTOMER_HUNG_UP, "customer");
            assertThat(customerStatus(call)).isEqualTo("completed");
            assertThat(call.leaves())
                    .extracting(Leave::reason)
                    .containsExactly(Reason.PARTICIPANT_HUNG_UP, Reason.MODERATOR_ENDED_CONFERENCE);
            assertThat(call.leaves().get(0).callSid())
                    .isEqualTo(call.customerCallSid().orElseThrow());
        }

        @Test
        void whoLosesTheSignal() throws Exception {
            SimulatedCall call = talking().customerLosesSignal();
            assertConference(call, FLAGGED_LEFT, call.customerCallSid().orElseThrow());
            assertTruth(call, Act.CUSTOMER_LOST_SIGNAL, "customer");
        }

        @Test
        void whoIsOnHold() throws Exception {
            SimulatedCall call = talking().hold();
            assertThat(api.read(api.participants(call))
                            .get("participants")
                            .get(1)
                            .get("hold")
                            .booleanValue())
                    .isTrue();
            assertTruth(call.customerHangsUp(), Act.CUSTOMER_HUNG_UP, "customer");
        }

        @Test
        void whoseLegIsNotFlaggedAndTheAgentClicksAfterwards() throws Exception {
            SimulatedCall call = twilio.inboundCall(
                            CallOptions.builder().noEndOnExit().build())
                    .accepts(agent)
                    .customerHangsUp();
            assertThat(call.task().status()).isEqualTo("assigned");
            assertThat(api.read(api.participants(call)).get("participants")).hasSize(1);
            call.agentClicksHangUp(agent);
            assertConference(call, "last-participant-left", agentCall(call));
            assertTruth(call, Act.CUSTOMER_HUNG_UP, "customer");
        }
    }

    @Nested
    class EndedByTheAgent {

        @Test
        void whoClicksWithTheNamedMarker() throws Exception {
            SimulatedCall call = talking();
            call.agentClicksHangUp(agent);
            assertConference(call, FLAGGED_LEFT, agentCall(call));
            assertTruth(call, Act.AGENT_CLICKED, "agent");
            assertThat(call.task().hangUpBy()).contains("agent");
            JsonNode marker = attributes(call).get("hangupby").get("agent_hangup");
            assertThat(marker.get("reservation").textValue()).isEqualTo(call.reservationSid(agent));
            assertThat(marker.get("at").longValue()).isEqualTo(clock.instant().toEpochMilli());
        }

        @ParameterizedTest
        @EnumSource(
                value = Marker.class,
                names = {"BARE", "NONE"})
        void whoClicksWithLess(Marker marker) throws Exception {
            SimulatedCall call = talking().agentClicksHangUp(agent, marker);
            assertTruth(call, Act.AGENT_CLICKED, "agent");
            assertThat(call.task().hangUpBy())
                    .isEqualTo(marker == Marker.BARE ? Optional.of("agent") : Optional.empty());
            assertThat(attributes(call).has("hangupby")).isFalse();
        }

        @Test
        void whoGoesFirstWhenNoLegIsFlagged() throws Exception {
            SimulatedCall call = twilio.inboundCall(
                            CallOptions.builder().noEndOnExit().build())
                    .accepts(agent)
                    .agentClicksHangUp(agent);
            assertThat(call.task().status()).isEqualTo("wrapping");
            assertThat(api.read(api.conference(call)).get("status").textValue()).isEqualTo("in-progress");
            call.customerHangsUp();
            assertConference(
                    call, "last-participant-left", call.customerCallSid().orElseThrow());
            assertTruth(call, Act.AGENT_CLICKED, "agent");
        }

        @Test
        void whoRefreshesOrCrashes() throws Exception {
            SimulatedCall refreshed = talking().agentRefreshes(agent);
            assertConference(refreshed, FLAGGED_LEFT, agentCall(refreshed));
            assertTruth(refreshed, Act.AGENT_REFRESHED, "disconnect");
            assertThat(refreshed.task().hangUpBy()).isEmpty();
            assertTruth(talking().agentCrashes(agent), Act.AGENT_CRASHED, "disconnect");
        }

        @Test
        void whoPutsDownAHandset() throws Exception {
            SimulatedCall call = talking().agentPutsDownHandset(agent);
            assertConference(call, FLAGGED_LEFT, agentCall(call));
            assertTruth(call, Act.AGENT_PUT_DOWN_HANDSET, "agent");
        }

        @Test
        void whoRemovesTheCustomer() throws Exception {
            SimulatedCall call = talking().agentRemovesCustomer(agent);
            assertConference(call, FLAGGED_KICKED, call.customerCallSid().orElseThrow());
            assertTruth(call, Act.AGENT_REMOVED_CUSTOMER, "agent");
            assertThat(customerStatus(call)).isEqualTo("completed");
            assertThat(call.leaves().get(0).reason()).isEqualTo(Reason.PARTICIPANT_UPDATED_VIA_API);
        }

        @Test
        void whoEndsItForAll() throws Exception {
            SimulatedCall call = talking().agentEndsForAll(agent);
            assertConference(call, "conference-ended-via-api", "null");
            assertTruth(call, Act.AGENT_ENDED_FOR_ALL, "agent");
            assertThat(call.task().hangUpBy()).contains("agent");
        }

        @Test
        void whoSendsTheCustomerToASurvey() throws Exception {
            SimulatedCall call = talking().customerMovedOn(agent, Marker.NAMED);
            assertConference(call, FLAGGED_LEFT, call.customerCallSid().orElseThrow());
            assertTruth(call, Act.AGENT_SENT_CUSTOMER_ON, "agent");
            assertThat(customerStatus(call)).isEqualTo("in-progress");
            assertThat(call.leaves().get(0).callStatus()).isEqualTo("in-progress");
            call.movedCustomerHangsUp();
            assertThat(customerStatus(call)).isEqualTo("completed");
        }
    }

    @Nested
    class EndedByAProgram {

        @Test
        void thatEndsTheConference() throws Exception {
            SimulatedCall call = talking().programEndsConference();
            assertConference(call, "conference-ended-via-api", "null");
            assertTruth(call, Act.PROGRAM_ENDED_CONFERENCE, "system");
            assertThat(call.leaves()).extracting(Leave::reason).containsOnly(Reason.CONFERENCE_ENDED_VIA_API);
        }

        @Test
        void thatMovesTheCustomerOn() throws Exception {
            SimulatedCall call = talking().customerMovedOn();
            assertConference(call, FLAGGED_LEFT, call.customerCallSid().orElseThrow());
            assertTruth(call, Act.PROGRAM_MOVED_CUSTOMER, "system");
            assertThat(call.task().hangUpBy()).isEmpty();
        }
    }

    @Nested
    class DiallingOut {

        @Test
        void ringsAndIsAnswered() throws Exception {
            SimulatedCall call = twilio.outboundCall(agent);
            assertThat(attributes(call).has("call_sid")).isFalse();
            assertThat(attributes(call).get("direction").textValue()).isEqualTo("outbound");
            assertThat(customerStatus(call)).isEqualTo("ringing");
            JsonNode customerLeg =
                    api.read(api.participants(call)).get("participants").get(1);
            assertThat(customerLeg.get("status").textValue()).isEqualTo("ringing");
            call.customerAnswers();
            assertThat(customerStatus(call)).isEqualTo("in-progress");
            assertTruth(call.customerHangsUp(), Act.CUSTOMER_HUNG_UP, "customer");
        }

        @Test
        void meetsABusyLine() throws Exception {
            SimulatedCall call = twilio.outboundCall(
                            agent, CallOptions.builder().noEndOnExit().build())
                    .customerBusy();
            assertConference(call, "last-participant-left", agentCall(call));
            assertTruth(call, Act.NEVER_CONNECTED, "");
            assertThat(customerStatus(call)).isEqualTo("busy");
            assertThat(call.leaves().get(0).reason()).isEqualTo(Reason.PARTICIPANT_ADD_FAILED);
            assertThat(call.leaves().get(1).reason()).isEqualTo(Reason.PARTICIPANT_HUNG_UP);
        }

        @Test
        void isNotAnswered() throws Exception {
            SimulatedCall call = twilio.outboundCall(agent).customerNoAnswer();
            assertConference(call, FLAGGED_LEFT, agentCall(call));
            assertThat(customerStatus(call)).isEqualTo("no-answer");
            assertThat(customerStatus(twilio.outboundCall(agent).callFails())).isEqualTo("failed");
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void isGivenUpByTheAgent(boolean flagged) throws Exception {
            SimulatedCall call = twilio.outboundCall(
                            agent,
                            CallOptions.builder().endOnExit(flagged, flagged).build())
                    .agentCancelsDial(agent);
            assertConference(call, flagged ? FLAGGED_LEFT : "last-participant-left", agentCall(call));
            assertTruth(call, Act.AGENT_CANCELLED_DIAL, "agent");
            assertThat(customerStatus(call)).isEqualTo("canceled");
        }
    }

    @Nested
    class WithoutACustomer {

        @Test
        void agentsTalkAmongThemselves() throws Exception {
            SimulatedCall call = twilio.internalCall(agent, twilio.browserAgent("Bob"));
            assertThat(attributes(call).get("client_call").booleanValue()).isTrue();
            assertThat(attributes(call).has("call_sid")).isFalse();
            assertThat(attributes(call).path("conference").path("participants").has("customer"))
                    .isFalse();
            assertThat(api.read(api.participants(call)).get("participants")).hasSize(2);
            call.agentClicksHangUp(agent, Marker.NONE);
            assertConference(call, FLAGGED_LEFT, agentCall(call));
            assertTruth(call, Act.NO_CUSTOMER, "");
        }

        @Test
        void aVoicemailIsWorkedOff() throws Exception {
            SimulatedCall call = twilio.voicemailTask().accepts(agent);
            assertThat(call.conferenceSid()).isEmpty();
            assertThat(attributes(call).has("conference")).isFalse();
            call.agentFinishesTask(agent).completes(agent);
            assertTruth(call, Act.NO_CUSTOMER, "");
            assertThat(call.task().status()).isEqualTo("completed");
        }

        @Test
        void aCallIsGivenUpInTheQueue() throws Exception {
            SimulatedCall call = twilio.inboundCall().waitsInQueue().customerGivesUp();
            assertThat(call.task().status()).isEqualTo("canceled");
            assertThat(call.queueEnding()).contains(new Ending(Act.ABANDONED, Optional.empty()));
            assertThat(call.queueSnapshot().orElseThrow().hangUpBy()).isEmpty();
            assertThat(call.truth()).isEmpty();
            assertThat(customerStatus(call)).isEqualTo("completed");
        }

        @Test
        void aCallIsGivenUpWhileThePhoneRings() throws Exception {
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
        void copiesWhatIsThereAtThatMoment() throws Exception {
            SimulatedCall call = talking().customerHangsUp();
            String reservation = call.reservationSid(agent);
            clock.advance(Duration.ofMillis(250));
            String written = JsonText.set(call.task().attributes(), "\"customer\"", "conversations", "hang_up_by");
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
        void keepsTheBaselineFreeOfApiWrites() throws Exception {
            SimulatedCall call = talking().customerHangsUp();
            String before = call.task().attributes();
            api.writeAttributes(call, "{\"spoilt\":true}");
            assertThat(call.task().baseline()).isEqualTo(before);
        }
    }

    @Test
    void markersLeaveEverythingElseAsItWas() {
        UnaryOperator<String> strip = text -> text.replaceAll(",\"conversations\":.*$", "");
        SimulatedCall call = twilio.inboundCall(
                        CallOptions.builder().trickyAttributes().build())
                .accepts(agent);
        String before = call.task().attributes();
        call.agentClicksHangUp(agent);
        assertThat(strip.apply(call.task().attributes())).isEqualTo(before.substring(0, before.lastIndexOf('\t')));
    }

    @Test
    void conversationsThatAreNoObjectAreLeftAloneByThePlugin() {
        SimulatedCall call = twilio.inboundCall(
                        CallOptions.builder().conversations("\"a text\"").build())
                .accepts(agent);
        String before = call.task().attributes();
        call.agentClicksHangUp(agent);
        assertThat(call.task().attributes()).isEqualTo(before);
        assertTruth(call, Act.AGENT_CLICKED, "");
    }

    @Test
    void aConnectionThatComesBackChangesNothing() {
        SimulatedCall call = talking().agentConnectionBlips(agent);
        assertThat(call.task().status()).isEqualTo("assigned");
        assertThat(call.truth()).isEmpty();
    }

    @Test
    void aValueCanBeWaitedForAndItsBeingGone() throws Exception {
        SimulatedCall call = talking();
        call.task().awaitNoHangUpBy(Duration.ZERO);
        assertThatThrownBy(() -> call.task().awaitHangUpBy("agent", Duration.ofMillis(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("no value", "no event was sent, as there is no callback(…)");
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
