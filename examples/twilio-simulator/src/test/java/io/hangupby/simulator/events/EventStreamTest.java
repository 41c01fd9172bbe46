package io.hangupby.simulator.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.hangupby.simulator.CallOptions;
import io.hangupby.simulator.CallbackReceiver;
import io.hangupby.simulator.CallbackReceiver.Received;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.internal.text.InPlaceJson;
import io.hangupby.testing.HandClock;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {

    private static final String PUBLIC_URL = "https://cc.example.com/hooks/events";

    private final HandClock clock = new HandClock();
    private final TwilioSimulator twilio =
            TwilioSimulator.builder().clock(clock).start();
    private final Agent agent = twilio.browserAgent("Ann Example");
    private final CallbackReceiver backend;

    EventStreamTest() throws IOException {
        backend = new CallbackReceiver();
        twilio.eventStream(backend.uri(), PUBLIC_URL);
    }

    @AfterEach
    void stop() {
        twilio.close();
        backend.close();
    }

    private List<Received> received() {
        twilio.delivery().awaitQuiet(Duration.ofSeconds(10));
        return backend.received();
    }

    private static List<String> types(Received batch) throws IOException {
        List<String> types = new ArrayList<>();
        InPlaceJson.MAPPER
                .readTree(batch.body())
                .forEach(event -> types.add(event.path("type").asText()));
        return types;
    }

    @Test
    void the_events_of_one_moment_arrive_in_one_array() throws IOException {
        twilio.inboundCall();
        assertThat(received()).hasSize(1).allSatisfy(batch -> {
            assertThat(batch.contentType()).isEqualTo("application/json");
            assertThat(types(batch))
                    .containsExactly("com.twilio.taskrouter.task.created", "com.twilio.taskrouter.workflow.entered");
        });
    }

    @Test
    void conference_status_callbacks_come_with_their_own_parameters_if_they_are_subscribed_to() throws IOException {
        twilio.delivery().streamConferences(true);
        twilio.inboundCall().accepts(agent).customerHangsUp();
        List<JsonNode> ofConference = new ArrayList<>();
        for (Received batch : received()) {
            InPlaceJson.MAPPER.readTree(batch.body()).forEach(ofConference::add);
        }
        ofConference.removeIf(event -> !event.path("type").asText().startsWith("com.twilio.voice."));

        assertThat(ofConference)
                .extracting(
                        event -> parameters(event).path("StatusCallbackEvent").asText())
                .contains("participant-join", "participant-leave", "conference-end");
        assertThat(ofConference)
                .extracting(event -> parameters(event).path("SequenceNumber").asInt())
                .isSorted();
        assertThat(ofConference)
                .extracting(event -> event.path("type").asText().replaceFirst(".*conference.", ""))
                .containsOnly("updated", "participant.updated");
    }

    @Test
    void conference_status_callbacks_do_not_come_otherwise() throws IOException {
        twilio.inboundCall().accepts(agent).customerHangsUp();

        for (Received batch : received()) {
            assertThat(types(batch)).allMatch(type -> type.startsWith("com.twilio.taskrouter."));
        }
    }

    private static JsonNode parameters(JsonNode event) {
        return event.path("data").path("request").path("parameters");
    }

    @Test
    void the_signature_covers_the_url_with_the_hash_of_the_body() throws Exception {
        twilio.inboundCall(CallOptions.builder().trickyAttributes().build());
        Received batch = received().get(0);
        String hash = HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256").digest(batch.body().getBytes(UTF_8)));
        assertThat(batch.uri()).isEqualTo(URI.create("/taskrouter?bodySHA256=" + hash));
        assertThat(batch.signature())
                .contains(new TwilioSigner(twilio.authToken())
                        .signature(PUBLIC_URL + "?bodySHA256=" + hash, new TreeMap<>()));
    }

    @Test
    void the_fields_have_the_names_of_event_streams() throws IOException {
        SimulatedCall call = twilio.inboundCall().accepts(agent).customerHangsUp();
        Received last = received().get(backend.received().size() - 1);
        JsonNode event = InPlaceJson.MAPPER.readTree(last.body()).path(0);
        JsonNode payload = event.path("data").path("payload");
        assertThat(event.path("type").asText()).isEqualTo("com.twilio.taskrouter.reservation.wrapup");
        assertThat(event.path("id").asText())
                .isEqualTo(payload.path("sid").asText())
                .startsWith("EV");
        assertThat(Map.of(
                        "eventtype", "reservation.wrapup",
                        "timestamp", "2026-03-01T10:00:00.000Z",
                        "account_sid", twilio.accountSid(),
                        "workspace_sid", twilio.workspaceSid(),
                        "task_sid", call.taskSid(),
                        "task_attributes", call.task().attributes(),
                        "task_channel_unique_name", "voice",
                        "reservation_sid", call.reservationSid(agent),
                        "worker_attributes", agent.attributes(),
                        "task_age", "0"))
                .allSatisfy(
                        (name, value) -> assertThat(payload.path(name).asText()).isEqualTo(value));
        assertThat(payload.path("task_age").isNumber()).isTrue();
        assertThat(payload.has("timestamp_ms")).isFalse();
    }

    @Test
    void a_batch_is_retried_until_the_response_is_2xx() {
        backend.respondNext(503, 403, 500, 302);
        twilio.inboundCall();
        assertThat(received()).hasSize(5).containsOnly(backend.received().get(0));
        assertThat(twilio.delivery().responses()).containsEntry(503, 1).containsEntry(204, 1);
    }

    @Test
    void a_receiver_gets_each_batch_in_place_of_the_webhook() throws IOException {
        List<byte[]> bodies = new CopyOnWriteArrayList<>();
        twilio.eventStream(bodies::add);
        twilio.inboundCall();

        assertThat(received()).isEmpty();
        assertThat(bodies).hasSize(1);
        assertThat(InPlaceJson.MAPPER.readTree(bodies.get(0)).findValuesAsText("type"))
                .containsExactly("com.twilio.taskrouter.task.created", "com.twilio.taskrouter.workflow.entered");
    }

    @Test
    void a_batch_whose_receiver_throws_is_passed_again_and_reported() {
        AtomicInteger passed = new AtomicInteger();
        twilio.eventStream(body -> {
            if (passed.incrementAndGet() == 1) {
                throw new IllegalStateException("the queue is full");
            }
        });
        SimulatedCall call = twilio.inboundCall();
        received();

        assertThat(passed).hasValue(2);
        assertThat(twilio.delivery().responses()).containsOnly(entry(500, 1), entry(204, 1));
        assertThat(call.task().report())
                .contains("Sent to the receiver of eventStream(…):", "the queue is full", "threw an exception");
    }

    @Test
    void the_callback_receives_the_events_as_well() {
        twilio.callback(backend.uri(), CallbackReceiver.PUBLIC_URL);
        twilio.inboundCall();
        assertThat(received()).hasSize(3);
        assertThat(backend.types()).containsOnlyOnce("task.created", "workflow.entered");
    }

    @Test
    void a_disturbance_affects_event_streams_and_the_callback() throws IOException {
        twilio.delivery().copies(2);
        twilio.delivery().drop("task.created");
        twilio.inboundCall();
        assertThat(types(received().get(0)))
                .containsExactly("com.twilio.taskrouter.workflow.entered", "com.twilio.taskrouter.workflow.entered");
    }

    @Test
    void a_test_can_post_a_batch() throws IOException {
        SimulatedCall call = twilio.inboundCall();
        received();
        backend.respondNext(418);
        assertThat(twilio.delivery().postBatch(call.events())).isEqualTo(418);
        assertThat(types(backend.received().get(1))).hasSize(2);
    }
}
