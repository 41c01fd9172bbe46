package io.hangupby.simulator.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.simulator.CallOptions;
import io.hangupby.simulator.CallbackReceiver;
import io.hangupby.simulator.CallbackReceiver.Received;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.testing.HandClock;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EventDeliveryTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final HandClock clock = new HandClock();
    private final TwilioSimulator twilio =
            TwilioSimulator.builder().clock(clock).seed(1).start();
    private final Agent agent = twilio.browserAgent("Ann Example");
    private final CallbackReceiver backend;

    EventDeliveryTest() throws IOException {
        backend = new CallbackReceiver();
    }

    @BeforeEach
    void connect() {
        twilio.callback(backend.uri(), CallbackReceiver.PUBLIC_URL);
    }

    @AfterEach
    void stop() {
        twilio.close();
        backend.close();
    }

    private void awaitQuiet() {
        twilio.delivery().awaitQuiet(SOON);
    }

    private static String hmac(String token, String url, Received received) throws Exception {
        StringBuilder data = new StringBuilder(url);
        for (String name : received.params().keySet()) {
            data.append(name).append(received.param(name));
        }
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return Base64.getEncoder().encodeToString(mac.doFinal(data.toString().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void the_signature_of_twilios_example_is_computed() {
        TreeMap<String, String> params = new TreeMap<>();
        params.put("CallSid", "CA1234567890ABCDE");
        params.put("From", "+14158675309");
        params.put("To", "+18005551212");
        params.put("Caller", "+14158675309");
        params.put("Digits", "1234");
        assertThat(new TwilioSigner("12345").signature("https://mycompany.com/myapp.php?foo=1&bar=2", params))
                .isEqualTo("RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    }

    @Test
    void the_signature_covers_the_public_url_and_all_parameters() throws Exception {
        twilio.inboundCall(CallOptions.builder().trickyAttributes().build()).accepts(agent);
        awaitQuiet();
        assertThat(backend.received()).hasSize(5);
        for (Received each : backend.received()) {
            assertThat(each.signature())
                    .contains(hmac(TwilioSimulator.DEFAULT_AUTH_TOKEN, CallbackReceiver.PUBLIC_URL, each));
            assertThat(each.contentType()).startsWith("application/x-www-form-urlencoded");
        }
        assertThat(backend.received().stream().map(Received::token).distinct()).hasSize(5);
    }

    @Test
    void the_events_of_a_plain_call_arrive_in_order() {
        twilio.inboundCall().waitsInQueue().accepts(agent).customerHangsUp().completes(agent);
        awaitQuiet();
        assertThat(backend.types())
                .containsExactly(
                        "task.created",
                        "workflow.entered",
                        "workflow.target-matched",
                        "task-queue.entered",
                        "reservation.created",
                        "reservation.accepted",
                        "task.updated",
                        "reservation.wrapup",
                        "task.wrapup",
                        "reservation.completed",
                        "task.completed");
        assertThat(twilio.delivery().responses()).containsExactlyEntriesOf(Map.of(204, 11));
    }

    @Test
    void an_event_has_the_parameters_that_twilio_documents() {
        SimulatedCall call = twilio.inboundCall().accepts(agent).customerHangsUp();
        awaitQuiet();
        Received wrapUp = backend.only("reservation.wrapup");
        assertThat(wrapUp.params())
                .containsEntry("AccountSid", twilio.accountSid())
                .containsEntry("WorkspaceSid", twilio.workspaceSid())
                .containsEntry("ResourceType", "reservation")
                .containsEntry("ResourceSid", call.reservationSid(agent))
                .containsEntry("ReservationSid", call.reservationSid(agent))
                .containsEntry("TaskSid", call.taskSid())
                .containsEntry("TaskAssignmentStatus", "wrapping")
                .containsEntry("TaskChannelUniqueName", "voice")
                .containsEntry("TaskAttributes", call.task().attributes())
                .containsEntry("WorkerSid", agent.workerSid())
                .containsEntry("WorkerName", "Ann Example")
                .containsEntry("WorkerAttributes", agent.attributes())
                .containsEntry("Timestamp", Long.toString(clock.instant().getEpochSecond()))
                .containsEntry("TimestampMs", Long.toString(clock.instant().toEpochMilli()));
        assertThat(wrapUp.params())
                .containsKeys(
                        "WorkspaceName",
                        "EventDescription",
                        "TaskAge",
                        "TaskPriority",
                        "TaskQueueSid",
                        "WorkflowSid",
                        "TaskChannelSid",
                        "WorkerActivitySid",
                        "WorkerActivityName");
    }

    @Nested
    class WhenDisturbed {

        @Test
        void an_event_that_is_delivered_twice_has_one_idempotency_token() {
            twilio.delivery().copies(2);
            twilio.inboundCall();
            awaitQuiet();
            assertThat(backend.types())
                    .containsExactly("task.created", "task.created", "workflow.entered", "workflow.entered");
            assertThat(backend.received().get(0)).isEqualTo(backend.received().get(1));
        }

        @Test
        void only_events_of_the_same_moment_are_shuffled() {
            twilio.delivery().shuffle(true);
            for (int i = 0; i < 20; i++) {
                twilio.inboundCall().accepts(agent).customerHangsUp();
            }
            awaitQuiet();
            Map<String, List<String>> byTask = backend.received().stream()
                    .collect(Collectors.groupingBy(
                            each -> each.param("TaskSid"),
                            Collectors.mapping(each -> each.param("EventType"), Collectors.toList())));
            assertThat(byTask.values()).hasSize(20).allSatisfy(types -> {
                assertThat(types.subList(0, 2)).containsExactlyInAnyOrder("task.created", "workflow.entered");
                assertThat(types.get(2)).isEqualTo("reservation.created");
                assertThat(types.subList(3, 5)).containsExactlyInAnyOrder("reservation.accepted", "task.updated");
                assertThat(types.subList(5, 7)).containsExactlyInAnyOrder("reservation.wrapup", "task.wrapup");
            });
            assertThat(byTask.values().stream().map(types -> types.get(5)))
                    .contains("reservation.wrapup", "task.wrapup");
        }

        @Test
        void a_dropped_event_is_not_delivered() {
            twilio.delivery().drop("task.created");
            SimulatedCall call = twilio.inboundCall();
            awaitQuiet();
            assertThat(backend.types()).containsExactly("workflow.entered");
            assertThat(call.events()).extracting(WorkspaceEvent::type).contains("task.created");
        }

        @Test
        void an_event_that_was_held_back_is_delivered_late() {
            twilio.delivery().holdBack("reservation.created", "reservation.accepted");
            twilio.inboundCall().accepts(agent);
            awaitQuiet();
            assertThat(backend.types()).containsExactly("task.created", "workflow.entered", "task.updated");
            twilio.delivery().release();
            awaitQuiet();
            assertThat(backend.types()).endsWith("reservation.created", "reservation.accepted");
        }

        @Test
        void an_event_is_repeated_unchanged() {
            twilio.inboundCall().accepts(agent).customerHangsUp().repeats("task.created");
            awaitQuiet();
            assertThat(backend.received().get(backend.received().size() - 1))
                    .isEqualTo(backend.received().get(0));
        }

        @Test
        void an_error_is_not_retried_by_default() {
            backend.respondNext(503);
            twilio.inboundCall();
            awaitQuiet();
            assertThat(backend.types()).containsExactly("task.created", "workflow.entered");
        }

        @Test
        void the_fragment_of_the_url_determines_the_retries() {
            twilio.callback(backend.uri(), CallbackReceiver.PUBLIC_URL + "#rc=3&rp=ct,rt,5xx");
            backend.respondNext(503, 500);
            twilio.inboundCall();
            awaitQuiet();
            assertThat(backend.types())
                    .containsExactly("task.created", "task.created", "task.created", "workflow.entered");
            assertThat(twilio.delivery().responses())
                    .containsEntry(503, 1)
                    .containsEntry(500, 1)
                    .containsEntry(204, 2);
        }

        @Test
        void attempts_without_a_response_are_counted() {
            twilio.callback(URI.create("http://127.0.0.1:1/none"), CallbackReceiver.PUBLIC_URL + "#rc=1&rp=ct");
            twilio.inboundCall();
            awaitQuiet();
            assertThat(twilio.delivery().withoutResponse()).isEqualTo(4);
            assertThat(twilio.delivery().responses()).isEmpty();
        }
    }

    @Nested
    class ByHand {

        @Test
        void a_test_can_post_a_signed_form() throws Exception {
            TreeMap<String, String> params = new TreeMap<>();
            params.put("EventType", "task.wrapup");
            params.put("TaskAttributes", "{\"a\":\"é & +\"}");
            backend.respondNext(202);
            assertThat(twilio.delivery().post(params)).isEqualTo(202);
            Received received = backend.only("task.wrapup");
            assertThat(received.params()).isEqualTo(params);
            assertThat(received.signature()).contains(hmac(twilio.authToken(), CallbackReceiver.PUBLIC_URL, received));
        }

        @Test
        void a_forged_event_has_a_wrong_signature() throws Exception {
            SimulatedCall call = twilio.inboundCall().accepts(agent);
            assertThat(call.forges("reservation.wrapup", agent)).isEqualTo(204);
            Received forged = backend.only("reservation.wrapup");
            assertThat(forged.param("ReservationSid")).isEqualTo(call.reservationSid(agent));
            assertThat(forged.signature())
                    .isPresent()
                    .isNotEqualTo(Optional.of(hmac(twilio.authToken(), CallbackReceiver.PUBLIC_URL, forged)));
            assertThat(call.task().status()).isEqualTo("assigned");
        }

        @Test
        void unrelated_events_are_signed_and_not_about_voice() throws Exception {
            twilio.sendUnrelatedEvents(30);
            awaitQuiet();
            assertThat(backend.received()).hasSize(30);
            for (Received each : backend.received()) {
                assertThat(each.signature()).contains(hmac(twilio.authToken(), CallbackReceiver.PUBLIC_URL, each));
                assertThat(each.param("TaskChannelUniqueName")).isNotEqualTo("voice");
            }
            assertThat(backend.types()).contains("worker.activity.update", "reservation.wrapup");
        }
    }
}
