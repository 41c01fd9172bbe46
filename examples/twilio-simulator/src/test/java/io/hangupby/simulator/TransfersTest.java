package io.hangupby.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.hangupby.simulator.Ending.Act;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TransfersTest {

    private final SettableClock clock = new SettableClock();
    private final TwilioSimulator twilio =
            TwilioSimulator.builder().clock(clock).start();
    private final ApiClient api = new ApiClient(twilio);

    @AfterEach
    void stop() {
        twilio.close();
    }

    private Cast cast(CallOptions options) {
        return Cast.of(twilio, clock, options);
    }

    private Cast cast() {
        return cast(CallOptions.defaults());
    }

    private static List<String> types(SimulatedCall call, int skipped) {
        return call.events().stream().skip(skipped).map(WorkspaceEvent::type).toList();
    }

    private static WorkspaceEvent event(SimulatedCall call, String type) {
        return call.events().stream()
                .filter(event -> event.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private List<String> participants(SimulatedCall call, String field) throws Exception {
        return api.read(api.participants(call)).get("participants").findValuesAsText(field);
    }

    private String worker(SimulatedCall call) throws Exception {
        return JsonText.MAPPER
                .readTree(call.task().attributes())
                .at("/conference/participants/worker")
                .textValue();
    }

    private List<String> reservations(SimulatedCall call) throws Exception {
        return api.read(api.task(call) + "/Reservations").get("reservations").findValuesAsText("reservation_status");
    }

    @Nested
    class ColdTransfers {

        @Test
        void letTheFirstAgentWrapUpAloneWhileTheCallGoesOn() throws Exception {
            Cast cast = cast();
            SimulatedCall call = cast.talk();
            int before = call.events().size();
            call.startsColdTransfer(cast.ann, cast.bob);
            assertThat(participants(call, "hold")).containsExactly("false", "true");
            assertThat(participants(call, "end_conference_on_exit")).containsExactly("false", "true");
            call.agentLeaves(cast.ann);
            assertThat(participants(call, "call_sid"))
                    .containsExactly(call.customerCallSid().orElseThrow());
            assertThat(call.task().status()).isEqualTo("assigned");
            call.completes(cast.ann).rings(cast.bob);
            assertThat(call.task().status()).isEqualTo("reserved");
            call.accepts(cast.bob);
            assertThat(participants(call, "hold")).containsExactly("false", "false");
            assertThat(participants(call, "end_conference_on_exit")).containsExactly("true", "true");
            assertThat(reservations(call)).containsExactly("completed", "accepted");
            call.customerHangsUp().completes(cast.bob);
            assertThat(types(call, before))
                    .containsExactly(
                            "task.transfer-initiated",
                            "reservation.wrapup",
                            "reservation.completed",
                            "reservation.created",
                            "reservation.accepted",
                            "task.transfer-completed",
                            "reservation.wrapup",
                            "task.wrapup",
                            "reservation.completed",
                            "task.completed");
        }

        @Test
        void tellWhoTransfersHowAndToWhom() {
            Cast cast = cast();
            SimulatedCall call = cast.talk().startsColdTransfer(cast.ann, cast.bob);
            WorkspaceEvent event = event(call, "task.transfer-initiated");
            assertThat(event.params())
                    .containsEntry("TransferMode", "COLD")
                    .containsEntry("TransferType", "WORKER")
                    .containsEntry("TransferTo", cast.bob.workerSid())
                    .containsEntry("TransferInitiatingReservationSid", call.reservationSid(cast.ann))
                    .containsEntry("TaskSid", call.taskSid())
                    .containsEntry("ResourceType", "transfer")
                    .doesNotContainKeys("TransferStatus", "TaskTransferSid", "TransferInitiatingWorkerSid");
            assertThat(event.param("ResourceSid")).startsWith("TT");
        }

        @Test
        void tellMoreWhenAsked() throws Exception {
            Cast cast = cast(CallOptions.builder().transferEventsInFull().build());
            SimulatedCall call =
                    cast.talk().startsColdTransfer(cast.ann, cast.bob).declines(cast.bob);
            JsonNode data = api.read(api.workspace("/Events?EventType=task.transfer-failed&TaskSid=" + call.taskSid()))
                    .get("events")
                    .get(0)
                    .get("event_data");
            assertThat(data.get("transfer_initiating_reservation_sid").textValue())
                    .isEqualTo(call.reservationSid(cast.ann));
            assertThat(data.get("transfer_initiating_worker_sid").textValue()).isEqualTo(cast.ann.workerSid());
            assertThat(data.get("transfer_status").textValue()).isEqualTo("failed");
            assertThat(data.get("transfer_failed_reason").textValue()).isEqualTo("reservation rejected");
            assertThat(data.get("task_transfer_sid").textValue()).startsWith("TT");
            assertThat(participants(call, "end_conference_on_exit")).containsExactly("true", "true");
        }

        @Test
        void toAQueueAskOneAgentAfterAnother() throws Exception {
            Cast cast = cast();
            SimulatedCall call = cast.talk()
                    .startsColdTransferToQueue(cast.ann)
                    .agentLeaves(cast.ann)
                    .declines(cast.dan)
                    .doesNotAnswer(cast.bob)
                    .accepts(cast.bob);
            assertThat(event(call, "task.transfer-initiated").params())
                    .containsEntry("TransferType", "QUEUE")
                    .hasEntrySatisfying("TransferTo", to -> assertThat(to).startsWith("WQ"));
            assertThat(call.events())
                    .filteredOn(e -> e.type().equals("task.transfer-attempt-failed"))
                    .hasSize(2);
            assertThat(reservations(call)).containsExactly("wrapping", "rejected", "timeout", "accepted");
        }

        @Test
        void canBeGivenUpByTheCustomer() throws Exception {
            Cast cast = cast();
            SimulatedCall call = cast.talk()
                    .startsColdTransfer(cast.ann, cast.bob)
                    .agentLeaves(cast.ann)
                    .rings(cast.bob)
                    .completes(cast.ann);
            api.writeAttributes(call, "{\"conversations\":{\"hang_up_by\":\"preset\"}}");
            int before = call.events().size();
            call.customerGivesUp();
            assertThat(types(call, before))
                    .containsExactly("reservation.canceled", "task.transfer-failed", "task.completed");
            assertThat(call.queueEnding()).contains(new Ending(Act.ABANDONED, Optional.empty()));
            assertThat(call.queueSnapshot().orElseThrow().hangUpBy()).contains("preset");
            assertThat(call.truth())
                    .containsOnlyKeys(call.reservationSid(cast.ann))
                    .containsValue(new Ending(Act.COLD_TRANSFERRED, Optional.of("cold transfer")));
            assertThat(call.task().status()).isEqualTo("completed");
        }

        @Test
        void thatFailForGoodLeaveTheTaskInWrapUp() {
            Cast cast = cast();
            SimulatedCall call = cast.talk().startsColdTransferToQueue(cast.ann).agentLeaves(cast.ann);
            int before = call.events().size();
            call.queueTransferFails(cast.ann);
            assertThat(types(call, before)).containsExactly("task.transfer-failed", "task.wrapup");
            call.customerGivesUp();
            assertThat(call.queueEnding()).isPresent();
        }
    }

    @Nested
    class WarmTransfers {

        @Test
        void makeATalkOfThreeThatGoesOnWithoutTheFirstAgent() throws Exception {
            Cast cast = cast();
            SimulatedCall call = cast.consulting();
            assertThat(participants(call, "end_conference_on_exit")).containsExactly("false", "true", "false");
            assertThat(participants(call, "hold")).containsExactly("false", "true", "false");
            call.unhold().agentClicksHangUp(cast.ann);
            assertThat(participants(call, "end_conference_on_exit")).containsExactly("true", "true");
            assertThat(reservations(call)).containsExactly("wrapping", "accepted");
            assertThat(api.read(api.conference(call)).get("status").textValue()).isEqualTo("in-progress");
            assertThat(call.events()).extracting(WorkspaceEvent::type).doesNotContain("task.wrapup");
        }

        @Test
        void mayReplaceTheWorkerInTheAttributesOrNot() throws Exception {
            SimulatedCall kept = cast().talk();
            String first = worker(kept);
            Cast cast = cast();
            assertThat(worker(cast.consulting())).isEqualTo(cast.sidOfLeg(cast.ann));
            Cast other = cast(CallOptions.builder().workerReplaced().build());
            assertThat(worker(other.consulting())).isEqualTo(other.sidOfLeg(other.bob));
            assertThat(worker(kept)).isEqualTo(first);
        }

        @Test
        void snapshotEachAgentsPartWhenItCompletes() throws Exception {
            Cast cast = cast();
            SimulatedCall call = cast.consulting().unhold().agentClicksHangUp(cast.ann, Marker.NONE);
            api.writeAttributes(call, "{\"conversations\":{\"hang_up_by\":\"warm transfer\"}}");
            call.completes(cast.ann).customerHangsUp();
            clock.advance(Duration.ofMillis(40));
            api.writeAttributes(call, "{\"conversations\":{\"hang_up_by\":\"customer\"}}");
            call.completes(cast.bob);
            String first = call.reservationSid(cast.ann);
            String second = call.reservationSid(cast.bob);
            assertThat(call.hangUpByAtCompletion(first)).contains("warm transfer");
            assertThat(call.hangUpByAtCompletion(second)).contains("customer");
            assertThat(call.timeToValue(first)).contains(Duration.ZERO);
            assertThat(call.timeToValue(second)).contains(Duration.ofMillis(40));
            assertThat(call.completedOutOfTurn(second)).isFalse();
        }

        @Test
        void showEachReservationByItself() throws Exception {
            Cast cast = cast();
            SimulatedCall call = cast.consulting().agentClicksHangUp(cast.bob, Marker.NONE);
            JsonNode second = api.read(api.task(call) + "/Reservations/" + call.reservationSid(cast.bob));
            assertThat(second.get("reservation_status").textValue()).isEqualTo("wrapping");
            assertThat(second.get("worker_sid").textValue()).isEqualTo(cast.bob.workerSid());
            JsonNode events = api.read(api.workspace("/Events?ReservationSid=" + call.reservationSid(cast.bob)))
                    .get("events");
            assertThat(events)
                    .extracting(event -> event.get("event_type").textValue())
                    .containsExactly("reservation.wrapup", "reservation.accepted", "reservation.created");
            assertThat(api.read(api.task(call) + "/Reservations?ReservationStatus=accepted")
                            .get("reservations")
                            .findValuesAsText("sid"))
                    .containsExactly(call.reservationSid(cast.ann));
        }

        @Test
        void canBeTakenBackOnlyWhileUnderWay() {
            Cast cast = cast();
            SimulatedCall call =
                    cast.talk().startsWarmTransfer(cast.ann, cast.bob).rings(cast.bob);
            int before = call.events().size();
            call.cancelsTransfer(cast.ann);
            assertThat(types(call, before)).containsExactly("reservation.canceled", "task.transfer-canceled");
            assertThatThrownBy(() -> call.cancelsTransfer(cast.ann)).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void endWithTheFirstAgentWhoHangsUpBeforeAnybodyComes() {
            Cast cast = cast();
            SimulatedCall call =
                    cast.talk().startsWarmTransfer(cast.ann, cast.bob).rings(cast.bob);
            int before = call.events().size();
            call.agentClicksHangUp(cast.ann, Marker.NONE);
            assertThat(types(call, before))
                    .containsExactly(
                            "reservation.canceled", "task.transfer-failed", "reservation.wrapup", "task.wrapup");
            assertThat(call.truth())
                    .containsOnlyKeys(call.reservationSid(cast.ann))
                    .containsValue(new Ending(Act.AGENT_CLICKED, Optional.of("agent")));
            assertThat(call.queueEnding()).isEmpty();
        }
    }

    @Test
    void aPresetStandsWhenTheCustomerGivesUpInTheQueue() throws Exception {
        SimulatedCall call = cast().call();
        api.writeAttributes(call, "{\"conversations\":{\"hang_up_by\":\"customer\"}}");
        call.customerGivesUp();
        assertThat(call.queueSnapshot().orElseThrow().hangUpBy()).contains("customer");
        assertThat(call.queueEnding()).contains(new Ending(Act.ABANDONED, Optional.empty()));
    }

    @Nested
    class Markers {

        @Test
        void nameTheAgentWhoClicked() throws Exception {
            Cast cast = cast(CallOptions.builder()
                    .extraAttributes("\"hangupby\":{\"other\":1}")
                    .build());
            SimulatedCall call = cast.consulting().agentClicksHangUp(cast.bob);
            JsonNode hangupby =
                    JsonText.MAPPER.readTree(call.task().attributes()).get("hangupby");
            assertThat(hangupby.at("/agent_hangup/reservation").textValue()).isEqualTo(call.reservationSid(cast.bob));
            assertThat(hangupby.get("other").intValue()).isEqualTo(1);
            call.agentClicksHangUp(cast.ann);
            assertThat(JsonText.readText(call.task().attributes(), "hangupby", "agent_hangup", "reservation"))
                    .contains(call.reservationSid(cast.ann));
        }

        @Test
        void canBeWithdrawn() {
            Cast cast = cast(CallOptions.builder().conversations("{\"a\":1}").build());
            SimulatedCall call = cast.talk();
            String before = call.task().attributes();
            call.agentClicksInVain(cast.ann, Marker.NAMED);
            assertThat(call.task().hangUpBy()).contains("agent");
            call.withdrawsMarker(cast.ann);
            assertThat(call.task().attributes())
                    .isEqualTo(before.substring(0, before.length() - 1) + ",\"hangupby\":{}}");
            assertThat(call.events()).last().extracting(WorkspaceEvent::type).isEqualTo("task.updated");
            assertThat(call.truth()).isEmpty();
        }

        @Test
        void ofOthersAreNotWithdrawn() {
            Cast cast = cast();
            SimulatedCall call = cast.consulting().agentClicksHangUp(cast.bob);
            String before = call.task().attributes();
            assertThat(call.withdrawsMarker(cast.ann).task().attributes()).isEqualTo(before);
        }
    }
}
