package io.hangupby.simulator.events;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hangupby.simulator.text.InPlaceJson;
import io.hangupby.simulator.text.TwilioFormats;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the workspace's events as Event Streams sends them: a JSON array of CloudEvents. */
final class CloudEventBatch {

    private static final String SCHEMA = "https://events-schemas.twilio.com/TaskRouter.WDSEvent/4";

    /** Parameters of form callbacks whose field in Event Streams has another name. */
    private static final Map<String, String> RENAMED = Map.of("EventType", "eventtype");

    private static final Set<String> FORMS_ONLY = Set.of("Timestamp", "TimestampMs");
    private static final Set<String> NUMBERS = Set.of("TaskAge", "TaskPriority", "TaskVersion", "ReservationVersion");

    private CloudEventBatch() {}

    /** Returns the events as the body of one request. */
    static String of(List<WorkspaceEvent> events) {
        ArrayNode batch = InPlaceJson.MAPPER.createArrayNode();
        events.forEach(event -> batch.add(cloudEvent(event)));
        return batch.toString();
    }

    private static ObjectNode cloudEvent(WorkspaceEvent event) {
        ObjectNode envelope = InPlaceJson.MAPPER
                .createObjectNode()
                .put("specversion", "1.0")
                .put("type", "com.twilio.taskrouter." + event.type())
                .put("source", event.param("AccountSid"))
                .put("id", event.sid())
                .put("dataschema", SCHEMA)
                .put("datacontenttype", "application/json")
                .put("time", iso(event));
        envelope.putObject("data")
                .put("sid", event.sid())
                .put("name", event.type())
                .put("account_sid", event.param("AccountSid"))
                .put("timestamp", iso(event))
                .put("level", "INFO")
                .put("group", event.param("ResourceType"))
                .put("product_name", "TaskRouter")
                .put("publisher", event.param("WorkspaceName"))
                .put("publisher_metadata", "{}")
                .put("payload_type", "application/json")
                .set("payload", payload(event));
        return envelope;
    }

    private static ObjectNode payload(WorkspaceEvent event) {
        ObjectNode payload =
                InPlaceJson.MAPPER.createObjectNode().put("sid", event.sid()).put("timestamp", iso(event));
        event.params().forEach((name, value) -> {
            String field = RENAMED.getOrDefault(name, TwilioFormats.snakeCase(name));
            if (NUMBERS.contains(name)) {
                payload.put(field, Long.parseLong(value));
            } else if (!FORMS_ONLY.contains(name)) {
                payload.put(field, value);
            }
        });
        return payload;
    }

    private static String iso(WorkspaceEvent event) {
        return TwilioFormats.isoMillis(event.at());
    }
}
