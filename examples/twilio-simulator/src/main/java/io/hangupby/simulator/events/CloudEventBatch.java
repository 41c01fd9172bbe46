package io.hangupby.simulator.events;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.hangupby.simulator.internal.text.InPlaceJson;
import io.hangupby.simulator.internal.text.TwilioFormats;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes events as Event Streams sends them: a JSON array of CloudEvents. */
public final class CloudEventBatch {

    private static final String SCHEMA = "https://events-schemas.twilio.com/TaskRouter.WDSEvent/4";
    private static final String INSIGHTS_SCHEMA = "https://events-schemas.twilio.com/VoiceInsights.CallSummary/2";
    private static final String VOICE_SCHEMA = "https://events-schemas.twilio.com/Voice.WebhookEvent/2";

    /** Parameters of form callbacks whose field in Event Streams has another name. */
    private static final Map<String, String> RENAMED = Map.of("EventType", "eventtype");

    private static final Set<String> FORMS_ONLY = Set.of("Timestamp", "TimestampMs");
    private static final Set<String> NUMBERS = Set.of("TaskAge", "TaskPriority", "TaskVersion", "ReservationVersion");

    private CloudEventBatch() {}

    /** Returns the events as the body of one request. */
    public static String of(List<? extends CallbackEvent> events) {
        ArrayNode batch = InPlaceJson.MAPPER.createArrayNode();
        events.forEach(event -> batch.add(cloudEvent(event)));
        return batch.toString();
    }

    private static ObjectNode cloudEvent(CallbackEvent event) {
        if (event instanceof WorkspaceEvent ofWorkspace) {
            return cloudEvent(ofWorkspace);
        }
        return event instanceof VoiceReportEvent report
                ? cloudEvent(report)
                : cloudEvent((ConferenceStatusEvent) event);
    }

    private static ObjectNode cloudEvent(VoiceReportEvent event) {
        ObjectNode envelope = envelope(event, "com.twilio.voice.insights." + event.type(), INSIGHTS_SCHEMA);
        envelope.putRawValue("data", new RawValue(event.data()));
        return envelope;
    }

    /** The event has the parameters of the status callback, names unchanged. */
    private static ObjectNode cloudEvent(ConferenceStatusEvent event) {
        String about = event.type().startsWith("participant-") ? "conference.participant" : "conference";
        ObjectNode envelope = envelope(event, "com.twilio.voice.status-callback." + about + ".updated", VOICE_SCHEMA);
        ObjectNode data = envelope.putObject("data")
                .put("requestDateCreated", iso(event))
                .put("timestamp", iso(event))
                .put("eventSid", event.sid().replaceFirst("EV", "VW"));
        ObjectNode request =
                data.putObject("request").put("method", "POST").put("url", "https://hooks.example.com/conference");
        ObjectNode parameters = request.putObject("parameters");
        event.params().forEach(parameters::put);
        data.putObject("response").put("responseCode", "204");
        return envelope;
    }

    private static ObjectNode envelope(CallbackEvent event, String type, String schema) {
        return InPlaceJson.MAPPER
                .createObjectNode()
                .put("specversion", "1.0")
                .put("type", type)
                .put("source", event.params().getOrDefault("AccountSid", ""))
                .put("id", event.sid())
                .put("dataschema", schema)
                .put("datacontenttype", "application/json")
                .put("time", iso(event));
    }

    private static ObjectNode cloudEvent(WorkspaceEvent event) {
        ObjectNode envelope = envelope(event, "com.twilio.taskrouter." + event.type(), SCHEMA);
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

    private static String iso(CallbackEvent event) {
        return TwilioFormats.isoMillis(event.at());
    }
}
