package io.hangupby.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.hangupby.simulator.Ending.Act;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Outside parties and supervisors, as the API shows them. */
class GuestsTest {

    private static final String NUMBER = "+15550100042";

    private final SettableClock clock = new SettableClock();
    private final TwilioSimulator twilio =
            TwilioSimulator.builder().clock(clock).start();
    private final ApiClient api = new ApiClient(twilio);
    private final Cast cast = Cast.of(
            twilio, clock, CallOptions.builder().outsideLabel("external-1").build());

    @AfterEach
    void stop() {
        twilio.close();
    }

    private List<String> participants(String field) throws Exception {
        return api.read(api.participants(cast.call())).get("participants").findValuesAsText(field);
    }

    private JsonNode call(String sid) throws Exception {
        return api.read(api.account("/Calls/" + sid + ".json"));
    }

    private JsonNode last() throws Exception {
        JsonNode all = api.read(api.participants(cast.call())).get("participants");
        return all.get(all.size() - 1);
    }

    private String statusOfCustomer() throws Exception {
        return api.read(api.customerCall(cast.call())).get("status").textValue();
    }

    private Ending truthOfAnn() {
        return Optional.ofNullable(cast.call().truth().get(cast.sidOf(cast.ann)))
                .orElseThrow();
    }

    @Nested
    class OutsideParty {

        @Test
        void isConnectedStepByStep() throws Exception {
            SimulatedCall call = cast.talk().dialsOut(cast.ann, NUMBER);
            assertThat(participants("status")).containsExactly("connected", "connected", "connecting");
            call.outsideRings();
            assertThat(participants("status")).containsExactly("connected", "connected", "ringing");
            assertThat(participants("end_conference_on_exit")).containsExactly("true", "true", "false");
            call.outsideAnswers();
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
        void mayNeverAnswer() throws Exception {
            SimulatedCall call = cast.talk().dialsOut(cast.ann, NUMBER);
            String leg = last().get("call_sid").textValue();
            call.outsideBusy();
            assertThat(call(leg).get("status").textValue()).isEqualTo("busy");
            assertThat(participants("status")).containsExactly("connected", "connected");
            assertThat(call.truth()).isEmpty();
        }

        @Test
        void isNoLongerDialledWhenRemoved() throws Exception {
            SimulatedCall call = cast.talk().dialsOut(cast.ann, NUMBER).outsideRings();
            String leg = last().get("call_sid").textValue();
            call.agentRemovesOutside(cast.ann);
            assertThat(call(leg).get("status").textValue()).isEqualTo("canceled");
            assertThat(call.leaves()).extracting(Leave::reason).containsExactly(Leave.Reason.PARTICIPANT_ADD_FAILED);
        }

        @Test
        void keepsTheTaskInWrapUpAndTheTalkGoingWhenTheAgentLeaves() throws Exception {
            SimulatedCall call = cast.withOutsider().agentClicksHangUp(cast.ann);
            assertThat(call.task().status()).isEqualTo("wrapping");
            assertThat(participants("status")).containsExactly("connected", "connected");
            assertThat(truthOfAnn())
                    .isEqualTo(new Ending(
                            Act.LEFT_WITH_OUTSIDE_PARTY,
                            Optional.of("external warm transfer"),
                            Optional.of(NUMBER),
                            false));
            call.completes(cast.ann).outsideHangsUp();
            assertThat(participants("call_sid"))
                    .containsExactly(call.customerCallSid().orElseThrow());
            assertThat(call.truth()).hasSize(1);
        }

        @Test
        void getsTheCustomerInAColdTransfer() throws Exception {
            SimulatedCall call = cast.talk().sendsCustomerTo(cast.ann, NUMBER);
            assertThat(statusOfCustomer()).isEqualTo("in-progress");
            JsonNode children = api.read(api.account("/Calls.json?ParentCallSid="
                            + call.customerCallSid().orElseThrow()))
                    .get("calls");
            assertThat(children).hasSize(1);
            assertThat(children.get(0).get("to").textValue()).isEqualTo(NUMBER);
            assertThat(children.get(0).get("direction").textValue()).isEqualTo("outbound-dial");
            assertThat(truthOfAnn().destination()).contains(NUMBER);
            call.movedCustomerHangsUp();
            assertThat(statusOfCustomer()).isEqualTo("completed");
            String child = children.get(0).get("sid").textValue();
            assertThat(call(child).get("status").textValue()).isEqualTo("completed");
        }

        @Test
        void mayTakeTheFlagsOffEveryLegThatIsNotOnHold() throws Exception {
            Cast open = Cast.of(
                    twilio, clock, CallOptions.builder().openThreeWayTalk().build());
            SimulatedCall call = open.withOutsider();
            assertThat(flags(call)).containsExactly("false", "false", "false");
            call.agentRemovesOutside(open.ann);
            assertThat(flags(call)).containsExactly("true", "true");
            call.hold().dialsOut(open.ann, NUMBER).outsideAnswers();
            assertThat(flags(call)).containsExactly("false", "true", "false");
        }

        private List<String> flags(SimulatedCall call) throws Exception {
            return api.read(api.participants(call)).get("participants").findValuesAsText("end_conference_on_exit");
        }

        @Test
        void cannotBeDialledByWhoIsNotThere() {
            cast.talk();
            assertThatThrownBy(() -> cast.call().dialsOut(cast.bob, NUMBER)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    class Supervisor {

        @Test
        void listensWithoutBeingHeard() throws Exception {
            cast.talk().listensIn(cast.sue);
            assertThat(participants("muted")).containsExactly("false", "false", "true");
            assertThat(participants("end_conference_on_exit")).containsExactly("true", "true", "false");
            assertThat(call(last().get("call_sid").textValue()).get("to").textValue())
                    .isEqualTo(cast.sue.contactUri());
            assertThat(api.read(api.task(cast.call()) + "/Reservations").get("reservations"))
                    .hasSize(1);
        }

        @Test
        void coachesTheAgent() throws Exception {
            cast.talk().coaches(cast.sue, cast.ann);
            assertThat(last().get("coaching").booleanValue()).isTrue();
            assertThat(last().get("call_sid_to_coach").textValue()).isEqualTo(cast.sidOfLeg(cast.ann));
        }

        @Test
        void joinsTheTalk() throws Exception {
            cast.talk().coaches(cast.sue, cast.ann).joinsTalk(cast.sue);
            assertThat(participants("muted")).containsExactly("false", "false", "false");
            assertThat(last().get("coaching").booleanValue()).isFalse();
            assertThat(participants("end_conference_on_exit")).containsExactly("false", "true", "true");
        }
    }

    @Test
    void legsWithoutFlagsEndNothing() {
        Cast plain = Cast.of(twilio, clock, CallOptions.builder().noEndOnExit().build());
        SimulatedCall call = plain.supervised().supervisorHangsUp();
        assertThat(call.task().status()).isEqualTo("assigned");
        assertThat(call.truth()).isEmpty();
    }
}
