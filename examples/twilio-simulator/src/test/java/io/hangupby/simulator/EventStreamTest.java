package io.hangupby.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hangupby.simulator.CallbackReceiver.Received;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {

    private static final String PUBLIC_URL = "https://cc.example.com/hooks/events";

    private final SettableClock clock = new SettableClock();
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
        JsonText.MAPPER
                .readTree(batch.body())
                .forEach(event -> types.add(event.path("type").asText()));
        return types;
    }

    @Test
    void sendsTheEventsOfAMomentInOneArray() throws IOException {
        twilio.inboundCall();
        assertThat(received()).hasSize(1).allSatisfy(batch -> {
            assertThat(batch.contentType()).isEqualTo("application/json");
            assertThat(types(batch))
                    .containsExactly("com.twilio.taskrouter.task.created", "com.twilio.taskrouter.workflow.entered");
        });
    }

    @Test
    void signsTheUrlWithTheHashOfTheBody() throws Exception {
        twilio.inboundCall(CallOptions.builder().trickyAttributes().build());
        Received batch = received().get(0);
        String hash = HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256").digest(batch.body().getBytes(UTF_8)));
        assertThat(batch.uri()).isEqualTo(URI.create("/taskrouter?bodySHA256=" + hash));
        assertThat(batch.signature())
                .contains(Signature.of(twilio.authToken(), PUBLIC_URL + "?bodySHA256=" + hash, new TreeMap<>()));
    }

    @Test
    void namesFieldsAsEventStreamsDoes() throws IOException {
        SimulatedCall call = twilio.inboundCall().accepts(agent).customerHangsUp();
        Received last = received().get(backend.received().size() - 1);
        JsonNode event = JsonText.MAPPER.readTree(last.body()).path(0);
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
    void triesAgainUntilTheAnswerIsWell() {
        backend.answerNext(503, 403, 500, 302);
        twilio.inboundCall();
        assertThat(received()).hasSize(5).containsOnly(backend.received().get(0));
        assertThat(twilio.delivery().answers()).containsEntry(503, 1).containsEntry(204, 1);
    }

    @Test
    void goesBesideTheCallback() {
        twilio.callback(backend.uri(), CallbackReceiver.PUBLIC_URL);
        twilio.inboundCall();
        assertThat(received()).hasSize(3);
        assertThat(backend.types()).containsOnlyOnce("task.created", "workflow.entered");
    }

    @Test
    void isDisturbedAsTheCallbackIs() throws IOException {
        twilio.delivery().copies(2);
        twilio.delivery().drop("task.created");
        twilio.inboundCall();
        assertThat(types(received().get(0)))
                .containsExactly("com.twilio.taskrouter.workflow.entered", "com.twilio.taskrouter.workflow.entered");
    }

    @Test
    void sendsABatchByHand() throws IOException {
        SimulatedCall call = twilio.inboundCall();
        received();
        backend.answerNext(418);
        assertThat(twilio.delivery().postBatch(call.events())).isEqualTo(418);
        assertThat(types(backend.received().get(1))).hasSize(2);
    }
}
