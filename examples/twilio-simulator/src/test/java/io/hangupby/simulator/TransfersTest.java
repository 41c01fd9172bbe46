package io.hangupby.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.hangupby.simulator.ExpectedOutcome.Cause;
import io.hangupby.simulator.events.WorkspaceEvent;
import io.hangupby.simulator.internal.text.InPlaceJson;
import io.hangupby.testing.HandClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TransfersTest {

    private final HandClock clock = new HandClock();
    private final TwilioSimulator twilio =
            TwilioSimulator.builder().clock(clock).start();
    private final ApiClient api = new ApiClient(twilio);

    @AfterEach
    void stop() {
        twilio.close();
    }

    private CallParties parties(CallOptions options) {
        return CallParties.of(twilio, clock, options);
    }

    private CallParties parties() {
        return parties(CallOptions.defaults());
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
        return InPlaceJson.MAPPER
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
        void after_a_cold_transfer_the_first_agent_wraps_up_while_the_call_goes_on() throws Exception {
            CallParties parties = parties();
            SimulatedCall call = parties.connected();
            int before = call.events().size();
            call.startsColdTransfer(parties.ann, parties.bob);
            assertThat(participants(call, "hold")).containsExactly("false", "true");
            assertThat(participants(call, "end_conference_on_exit")).containsExactly("false", "true");
            call.agentLeaves(parties.ann);
            assertThat(participants(call, "call_sid"))
                    .containsExactly(call.customerCallSid().orElseThrow());
            assertThat(call.task().status()).isEqualTo("assigned");
            call.completes(parties.ann).rings(parties.bob);
            assertThat(call.task().status()).isEqualTo("reserved");
            call.accepts(parties.bob);
            assertThat(participants(call, "hold")).containsExactly("false", "false");
            assertThat(participants(call, "end_conference_on_exit")).containsExactly("true", "true");
            assertThat(reservations(call)).containsExactly("completed", "accepted");
            call.customerHangsUp().completes(parties.bob);
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
        void transfer_events_name_the_initiator_the_mode_and_the_target() {
            CallParties parties = parties();
            SimulatedCall call = parties.connected().startsColdTransfer(parties.ann, parties.bob);
            WorkspaceEvent event = event(call, "task.transfer-initiated");
            assertThat(event.params())
                    .containsEntry("TransferMode", "COLD")
                    .containsEntry("TransferType", "WORKER")
                    .containsEntry("TransferTo", parties.bob.workerSid())
                    .containsEntry("TransferInitiatingReservationSid", call.reservationSid(parties.ann))
                    .containsEntry("TaskSid", call.taskSid())
                    .containsEntry("ResourceType", "transfer")
                    .doesNotContainKeys("TransferStatus", "TaskTransferSid", "TransferInitiatingWorkerSid");
            assertThat(event.param("ResourceSid")).startsWith("TT");
        }

        @Test
        void transfer_events_have_more_parameters_on_request() throws Exception {
            CallParties parties =
                    parties(CallOptions.builder().transferEventsInFull().build());
            SimulatedCall call = parties.connected()
                    .startsColdTransfer(parties.ann, parties.bob)
                    .declines(parties.bob);
            JsonNode data = api.read(api.workspace("/Events?EventType=task.transfer-failed&TaskSid=" + call.taskSid()))
                    .get("events")
                    .get(0)
                    .get("event_data");
            assertThat(data.get("transfer_initiating_reservation_sid").textValue())
                    .isEqualTo(call.reservationSid(parties.ann));
            assertThat(data.get("transfer_initiating_worker_sid").textValue()).isEqualTo(parties.ann.workerSid());
            assertThat(data.get("transfer_status").textValue()).isEqualTo("failed");
            assertThat(data.get("transfer_failed_reason").textValue()).isEqualTo("reservation rejected");
            assertThat(data.get("task_transfer_sid").textValue()).startsWith("TT");
            assertThat(participants(call, "end_conference_on_exit")).containsExactly("true", "true");
        }

        @Test
        void a_transfer_to_a_queue_is_offered_to_one_agent_after_another() throws Exception {
            CallParties parties = parties();
            SimulatedCall call = parties.connected()
                    .startsColdTransferToQueue(parties.ann)
                    .agentLeaves(parties.ann)
                    .declines(parties.dan)
                    .doesNotRespond(parties.bob)
                    .accepts(parties.bob);
            assertThat(event(call, "task.transfer-initiated").params())
                    .containsEntry("TransferType", "QUEUE")
                    .hasEntrySatisfying("TransferTo", to -> assertThat(to).startsWith("WQ"));
            assertThat(call.events())
                    .filteredOn(e -> e.type().equals("task.transfer-attempt-failed"))
                    .hasSize(2);
            assertThat(reservations(call)).containsExactly("wrapping", "rejected", "timeout", "accepted");
        }

        @Test
        void the_customer_can_give_up_during_a_cold_transfer() throws Exception {
            CallParties parties = parties();
            SimulatedCall call = parties.connected()
                    .startsColdTransfer(parties.ann, parties.bob)
                    .agentLeaves(parties.ann)
                    .rings(parties.bob)
                    .completes(parties.ann);
            api.writeAttributes(call, "{\"conversations\":{\"hang_up_by\":\"preset\"}}");
            int before = call.events().size();
            call.customerGivesUp();
            assertThat(types(call, before))
                    .containsExactly("reservation.canceled", "task.transfer-failed", "task.completed");
            assertThat(call.expectedQueueOutcome()).contains(new ExpectedOutcome(Cause.ABANDONED, Optional.empty()));
            assertThat(call.queueSnapshot().orElseThrow().hangUpBy()).contains("preset");
            assertThat(call.expectedOutcomes())
                    .containsOnlyKeys(call.reservationSid(parties.ann))
                    .containsValue(new ExpectedOutcome(Cause.COLD_TRANSFERRED, Optional.of("cold transfer")));
            assertThat(call.task().status()).isEqualTo("completed");
        }

        @Test
        void a_failed_transfer_leaves_the_task_in_wrap_up() {
            CallParties parties = parties();
            SimulatedCall call =
                    parties.connected().startsColdTransferToQueue(parties.ann).agentLeaves(parties.ann);
            int before = call.events().size();
            call.queueTransferFails(parties.ann);
            assertThat(types(call, before)).containsExactly("task.transfer-failed", "task.wrapup");
            call.customerGivesUp();
            assertThat(call.expectedQueueOutcome()).isPresent();
        }
    }

    @Nested
    class WarmTransfers {

        @Test
        void a_warm_transfer_goes_on_without_the_first_agent() throws Exception {
            CallParties parties = parties();
            SimulatedCall call = parties.consulting();
            assertThat(participants(call, "end_conference_on_exit")).containsExactly("false", "true", "false");
            assertThat(participants(call, "hold")).containsExactly("false", "true", "false");
            call.unhold().agentClicksHangUp(parties.ann);
            assertThat(participants(call, "end_conference_on_exit")).containsExactly("true", "true");
            assertThat(reservations(call)).containsExactly("wrapping", "accepted");
            assertThat(api.read(api.conference(call)).get("status").textValue()).isEqualTo("in-progress");
            assertThat(call.events()).extracting(WorkspaceEvent::type).doesNotContain("task.wrapup");
        }

        @Test
        void the_worker_in_the_attributes_is_replaced_only_with_the_option() throws Exception {
            SimulatedCall kept = parties().connected();
            String first = worker(kept);
            CallParties parties = parties();
            assertThat(worker(parties.consulting())).isEqualTo(parties.sidOfLeg(parties.ann));
            CallParties other = parties(CallOptions.builder().workerReplaced().build());
            assertThat(worker(other.consulting())).isEqualTo(other.sidOfLeg(other.bob));
            assertThat(worker(kept)).isEqualTo(first);
        }

        @Test
        void each_segment_is_copied_when_its_reservation_completes() throws Exception {
            CallParties parties = parties();
            SimulatedCall call = parties.consulting().unhold().agentClicksHangUp(parties.ann, PluginMarker.NONE);
            api.writeAttributes(call, "{\"conversations\":{\"hang_up_by\":\"warm transfer\"}}");
            call.completes(parties.ann).customerHangsUp();
            clock.step(Duration.ofMillis(40));
            api.writeAttributes(call, "{\"conversations\":{\"hang_up_by\":\"customer\"}}");
            call.completes(parties.bob);
            String first = call.reservationSid(parties.ann);
            String second = call.reservationSid(parties.bob);
            assertThat(call.hangUpByAtCompletion(first)).contains("warm transfer");
            assertThat(call.hangUpByAtCompletion(second)).contains("customer");
            assertThat(call.timeToValue(first)).contains(Duration.ZERO);
            assertThat(call.timeToValue(second)).contains(Duration.ofMillis(40));
            assertThat(call.completedOutOfTurn(second)).isFalse();
        }

        @Test
        void each_reservation_has_a_status_of_its_own() throws Exception {
            CallParties parties = parties();
            SimulatedCall call = parties.consulting().agentClicksHangUp(parties.bob, PluginMarker.NONE);
            JsonNode second = api.read(api.task(call) + "/Reservations/" + call.reservationSid(parties.bob));
            assertThat(second.get("reservation_status").textValue()).isEqualTo("wrapping");
            assertThat(second.get("worker_sid").textValue()).isEqualTo(parties.bob.workerSid());
            JsonNode events = api.read(api.workspace("/Events?ReservationSid=" + call.reservationSid(parties.bob)))
                    .get("events");
            assertThat(events)
                    .extracting(event -> event.get("event_type").textValue())
                    .containsExactly("reservation.wrapup", "reservation.accepted", "reservation.created");
            assertThat(api.read(api.task(call) + "/Reservations?ReservationStatus=accepted")
                            .get("reservations")
                            .findValuesAsText("sid"))
                    .containsExactly(call.reservationSid(parties.ann));
        }

        @Test
        void a_transfer_can_be_cancelled_only_while_it_is_under_way() {
            CallParties parties = parties();
            SimulatedCall call = parties.connected()
                    .startsWarmTransfer(parties.ann, parties.bob)
                    .rings(parties.bob);
            int before = call.events().size();
            call.cancelsTransfer(parties.ann);
            assertThat(types(call, before)).containsExactly("reservation.canceled", "task.transfer-canceled");
            assertThatThrownBy(() -> call.cancelsTransfer(parties.ann)).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void a_warm_transfer_fails_if_the_first_agent_hangs_up_before_it_is_accepted() {
            CallParties parties = parties();
            SimulatedCall call = parties.connected()
                    .startsWarmTransfer(parties.ann, parties.bob)
                    .rings(parties.bob);
            int before = call.events().size();
            call.agentClicksHangUp(parties.ann, PluginMarker.NONE);
            assertThat(types(call, before))
                    .containsExactly(
                            "reservation.canceled", "task.transfer-failed", "reservation.wrapup", "task.wrapup");
            assertThat(call.expectedOutcomes())
                    .containsOnlyKeys(call.reservationSid(parties.ann))
                    .containsValue(new ExpectedOutcome(Cause.AGENT_CLICKED, Optional.of("agent")));
            assertThat(call.expectedQueueOutcome()).isEmpty();
        }
    }

    @Test
    void a_preset_value_stays_when_the_customer_gives_up_in_the_queue() throws Exception {
        SimulatedCall call = parties().call();
        api.writeAttributes(call, "{\"conversations\":{\"hang_up_by\":\"customer\"}}");
        call.customerGivesUp();
        assertThat(call.queueSnapshot().orElseThrow().hangUpBy()).contains("customer");
        assertThat(call.expectedQueueOutcome()).contains(new ExpectedOutcome(Cause.ABANDONED, Optional.empty()));
    }

    @Nested
    class Markers {

        @Test
        void the_marker_names_the_agent_who_clicked() throws Exception {
            CallParties parties = parties(CallOptions.builder()
                    .extraAttributes("\"hangupby\":{\"other\":1}")
                    .build());
            SimulatedCall call = parties.consulting().agentClicksHangUp(parties.bob);
            JsonNode hangupby =
                    InPlaceJson.MAPPER.readTree(call.task().attributes()).get("hangupby");
            assertThat(hangupby.at("/agent_hangup/reservation").textValue())
                    .isEqualTo(call.reservationSid(parties.bob));
            assertThat(hangupby.get("other").intValue()).isEqualTo(1);
            call.agentClicksHangUp(parties.ann);
            assertThat(InPlaceJson.readText(call.task().attributes(), "hangupby", "agent_hangup", "reservation"))
                    .contains(call.reservationSid(parties.ann));
        }

        @Test
        void the_plugin_can_remove_its_marker() {
            CallParties parties =
                    parties(CallOptions.builder().conversations("{\"a\":1}").build());
            SimulatedCall call = parties.connected();
            String before = call.task().attributes();
            call.agentClicksWithoutLeaving(parties.ann, PluginMarker.NAMED);
            assertThat(call.task().hangUpBy()).contains("agent");
            call.withdrawsMarker(parties.ann);
            assertThat(call.task().attributes())
                    .isEqualTo(before.substring(0, before.length() - 1) + ",\"hangupby\":{}}");
            assertThat(call.events()).last().extracting(WorkspaceEvent::type).isEqualTo("task.updated");
            assertThat(call.expectedOutcomes()).isEmpty();
        }

        @Test
        void the_plugin_does_not_remove_the_marker_of_another_agent() {
            CallParties parties = parties();
            SimulatedCall call = parties.consulting().agentClicksHangUp(parties.bob);
            String before = call.task().attributes();
            assertThat(call.withdrawsMarker(parties.ann).task().attributes()).isEqualTo(before);
        }
    }
}
