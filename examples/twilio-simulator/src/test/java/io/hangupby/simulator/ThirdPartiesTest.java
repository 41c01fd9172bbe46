package io.hangupby.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.hangupby.simulator.ExpectedOutcome.Cause;
import io.hangupby.simulator.account.LegDeparture;
import io.hangupby.testing.HandClock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Outside parties and supervisors, as the API shows them. */
class ThirdPartiesTest {

    private static final String NUMBER = "+15550100042";

    private final HandClock clock = new HandClock();
    private final TwilioSimulator twilio =
            TwilioSimulator.builder().clock(clock).start();
    private final ApiClient api = new ApiClient(twilio);
    private final CallParties parties = CallParties.of(
            twilio, clock, CallOptions.builder().outsideLabel("external-1").build());

    @AfterEach
    void stop() {
        twilio.close();
    }

    private List<String> participants(String field) throws Exception {
        return api.read(api.participants(parties.call())).get("participants").findValuesAsText(field);
    }

    private JsonNode call(String sid) throws Exception {
        return api.read(api.account("/Calls/" + sid + ".json"));
    }

    private JsonNode last() throws Exception {
        JsonNode all = api.read(api.participants(parties.call())).get("participants");
        return all.get(all.size() - 1);
    }

    private String statusOfCustomer() throws Exception {
        return api.read(api.customerCall(parties.call())).get("status").textValue();
    }

    private ExpectedOutcome expectedOfAnn() {
        return Optional.ofNullable(parties.call().expectedOutcomes().get(parties.sidOf(parties.ann)))
                .orElseThrow();
    }

    @Nested
    class OutsideParty {

        @Test
        void an_outside_party_is_connected_step_by_step() throws Exception {
            SimulatedCall call = parties.connected().dialsOut(parties.ann, NUMBER);
            assertThat(participants("status")).containsExactly("connected", "connected", "connecting");
            call.outsideRings();
            assertThat(participants("status")).containsExactly("connected", "connected", "ringing");
            assertThat(participants("end_conference_on_exit")).containsExactly("true", "true", "false");
            call.outsidePicksUp();
            assertThat(participants("status")).containsExactly("connected", "connected", "connected");
            assertThat(participants("end_conference_on_exit")).containsExactly("false", "true", "false");
            assertThat(last().get("label").textValue()).isEqualTo("external-1");
            JsonNode leg = call(last().get("call_sid").textValue());
            assertThat(leg.get("to").textValue()).isEqualTo(NUMBER);
            assertThat(leg.get("status").textValue()).isEqualTo("in-progress");
            JsonNode byLabel = api.read(api.account(
                    "/Conferences/" + call.conferenceSid().orElseThrow() + "/Participants/external-1.json"));
            assertThat(byLabel.get("call_sid").textValue())
                    .isEqualTo(last().get("call_sid").textValue());
        }

        @Test
        void an_outside_party_can_fail_to_answer_the_phone() throws Exception {
            SimulatedCall call = parties.connected().dialsOut(parties.ann, NUMBER);
            String leg = last().get("call_sid").textValue();
            call.outsideBusy();
            assertThat(call(leg).get("status").textValue()).isEqualTo("busy");
            assertThat(participants("status")).containsExactly("connected", "connected");
            assertThat(call.expectedOutcomes()).isEmpty();
        }

        @Test
        void a_removed_outside_party_is_not_dialled_any_more() throws Exception {
            SimulatedCall call =
                    parties.connected().dialsOut(parties.ann, NUMBER).outsideRings();
            String leg = last().get("call_sid").textValue();
            call.agentRemovesOutside(parties.ann);
            assertThat(call(leg).get("status").textValue()).isEqualTo("canceled");
            assertThat(call.departures())
                    .extracting(LegDeparture::reason)
                    .containsExactly(LegDeparture.DepartureReason.PARTICIPANT_ADD_FAILED);
        }

        @Test
        void the_customer_and_an_outside_party_can_stay_after_the_agent() throws Exception {
            SimulatedCall call = parties.withOutsideParty().agentClicksHangUp(parties.ann);
            assertThat(call.task().status()).isEqualTo("wrapping");
            assertThat(participants("status")).containsExactly("connected", "connected");
            assertThat(expectedOfAnn())
                    .isEqualTo(new ExpectedOutcome(
                            Cause.LEFT_WITH_OUTSIDE_PARTY,
                            Optional.of("external warm transfer"),
                            Optional.of(NUMBER),
                            false));
            call.completes(parties.ann).outsideHangsUp();
            assertThat(participants("call_sid"))
                    .containsExactly(call.customerCallSid().orElseThrow());
            assertThat(call.expectedOutcomes()).hasSize(1);
        }

        @Test
        void an_outside_number_can_get_the_customer_by_a_redirect() throws Exception {
            SimulatedCall call = parties.connected().sendsCustomerTo(parties.ann, NUMBER);
            assertThat(statusOfCustomer()).isEqualTo("in-progress");
            JsonNode children = api.read(api.account("/Calls.json?ParentCallSid="
                            + call.customerCallSid().orElseThrow()))
                    .get("calls");
            assertThat(children).hasSize(1);
            assertThat(children.get(0).get("to").textValue()).isEqualTo(NUMBER);
            assertThat(children.get(0).get("direction").textValue()).isEqualTo("outbound-dial");
            assertThat(expectedOfAnn().destination()).contains(NUMBER);
            call.movedCustomerHangsUp();
            assertThat(statusOfCustomer()).isEqualTo("completed");
            String child = children.get(0).get("sid").textValue();
            assertThat(call(child).get("status").textValue()).isEqualTo("completed");
        }

        @Test
        void an_open_three_way_talk_clears_the_flags_of_all_legs_not_on_hold() throws Exception {
            CallParties open = CallParties.of(
                    twilio, clock, CallOptions.builder().openThreeWayTalk().build());
            SimulatedCall call = open.withOutsideParty();
            assertThat(flags(call)).containsExactly("false", "false", "false");
            call.agentRemovesOutside(open.ann);
            assertThat(flags(call)).containsExactly("true", "true");
            call.hold().dialsOut(open.ann, NUMBER).outsidePicksUp();
            assertThat(flags(call)).containsExactly("false", "true", "false");
        }

        private List<String> flags(SimulatedCall call) throws Exception {
            return api.read(api.participants(call)).get("participants").findValuesAsText("end_conference_on_exit");
        }

        @Test
        void only_an_agent_in_the_conference_can_dial_an_outside_party() {
            parties.connected();
            assertThatThrownBy(() -> parties.call().dialsOut(parties.bob, NUMBER))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    class Supervisor {

        @Test
        void a_supervisor_listens_muted() throws Exception {
            parties.connected().listensIn(parties.sue);
            assertThat(participants("muted")).containsExactly("false", "false", "true");
            assertThat(participants("end_conference_on_exit")).containsExactly("true", "true", "false");
            assertThat(call(last().get("call_sid").textValue()).get("to").textValue())
                    .isEqualTo(parties.sue.contactUri());
            assertThat(api.read(api.task(parties.call()) + "/Reservations").get("reservations"))
                    .hasSize(1);
        }

        @Test
        void a_supervisor_coaches_an_agent() throws Exception {
            parties.connected().coaches(parties.sue, parties.ann);
            assertThat(last().get("coaching").booleanValue()).isTrue();
            assertThat(last().get("call_sid_to_coach").textValue()).isEqualTo(parties.sidOfLeg(parties.ann));
        }

        @Test
        void a_supervisor_joins_the_conversation() throws Exception {
            parties.connected().coaches(parties.sue, parties.ann).joinsTalk(parties.sue);
            assertThat(participants("muted")).containsExactly("false", "false", "false");
            assertThat(last().get("coaching").booleanValue()).isFalse();
            assertThat(participants("end_conference_on_exit")).containsExactly("false", "true", "true");
        }
    }

    @Test
    void legs_without_the_flag_do_not_end_the_conference() {
        CallParties plain = CallParties.of(
                twilio, clock, CallOptions.builder().noEndOnExit().build());
        SimulatedCall call = plain.supervised().supervisorHangsUp();
        assertThat(call.task().status()).isEqualTo("assigned");
        assertThat(call.expectedOutcomes()).isEmpty();
    }
}
