package io.hangupby.internal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hangupby.call.AccountSid;
import io.hangupby.call.WorkspaceSid;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Batches of events as Event Streams sends them to {@code /events}. */
final class EventStreamRequests {
    static final AccountSid ACCOUNT = new AccountSid("AC" + "1".repeat(32));
    static final WorkspaceSid WORKSPACE = new WorkspaceSid("WS" + "2".repeat(32));
    static final String TOKEN = "the-auth-token-of-the-account";
    static final String PUBLIC_URL = "https://cc.example.com/hangupby";
    static final String CALLERS_NUMBER = "+15550100";

    private static final ObjectMapper JSON = new ObjectMapper();

    private EventStreamRequests() {}

    static ObjectNode transfer() {
        return inPayload(
                event("task.transfer-initiated"),
                payload -> payload.put("transfer_mode", "WARM")
                        .put("transfer_initiating_reservation_sid", "WR" + "4".repeat(32)));
    }

    /** A CloudEvent as Twilio documents it. */
    static ObjectNode event(String type) {
        ObjectNode event = JSON.createObjectNode()
                .put("specversion", "1.0")
                .put("type", "com.twilio.taskrouter." + type)
                .put("source", ACCOUNT.value())
                .put("id", "EV" + "7".repeat(32))
                .put("dataschema", "https://events-schemas.twilio.com/TaskRouter.WDSEvent/4")
                .put("datacontenttype", "application/json")
                .put("time", "2026-01-01T00:00:02.500Z");
        ObjectNode data = event.putObject("data")
                .put("sid", "EV" + "7".repeat(32))
                .put("name", type)
                .put("account_sid", ACCOUNT.value())
                .put("timestamp", "2026-01-01T00:00:01.000Z")
                .put("level", "INFO")
                .put("payload_type", "application/json");
        data.putObject("payload")
                .put("sid", "EV" + "7".repeat(32))
                .put("eventtype", type)
                .put("account_sid", ACCOUNT.value())
                .put("timestamp", "2026-01-01T00:00:00.123Z")
                .put("workspace_sid", WORKSPACE.value())
                .put("task_sid", "WT" + "3".repeat(32))
                .put("task_age", 31)
                .put("task_channel_unique_name", "voice")
                .put(
                        "task_attributes",
                        "{\"from\":\"%s\",\"name\":\"é & +\",\"conference\":{\"sid\":\"CF%s\"}}"
                                .formatted(CALLERS_NUMBER, "6".repeat(32)))
                .put("reservation_sid", "WR" + "4".repeat(32))
                .put("worker_sid", "WK" + "5".repeat(32))
                .put("worker_attributes", "{\"contact_uri\":\"client:alice\"}")
                .putNull("task_canceled_reason");
        return event;
    }

    static ObjectNode payload(ObjectNode event) {
        return (ObjectNode) event.path("data").path("payload");
    }

    static ObjectNode inPayload(ObjectNode event, UnaryOperator<ObjectNode> change) {
        JsonNode changed = change.apply(payload(event));
        ((ObjectNode) event.path("data")).set("payload", changed);
        return event;
    }

    static FakeRequest batch(ObjectNode... events) {
        return signed(TOKEN, "", body(events));
    }

    static byte[] body(ObjectNode... events) {
        ArrayNode batch = JSON.createArrayNode();
        batch.addAll(List.of(events));
        return batch.toString().getBytes(UTF_8);
    }

    static FakeRequest signed(String token, String queryBefore, byte[] body) {
        FakeRequest request = new FakeRequest(body);
        request.endpoint = "/events";
        String query = queryBefore + "bodySHA256=" + sha256(body);
        request.query = Optional.of(query);
        request.headers.put("Content-Type", "application/json");
        request.headers.put(
                "X-Twilio-Signature", SigningReference.sign(token, PUBLIC_URL + "/events?" + query, List.of()));
        return request;
    }

    static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
