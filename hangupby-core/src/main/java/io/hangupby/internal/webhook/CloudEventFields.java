package io.hangupby.internal.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.hangupby.internal.event.EventFields;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * The fields of one event of Event Streams. Its payload has the fields of the form callbacks, named in snake case.
 *
 * @param event the whole CloudEvent; can be any JSON
 * @param payload the payload of the event; can be missing
 */
record CloudEventFields(JsonNode event, JsonNode payload) implements EventFields {
    private static final String TASKROUTER = "com.twilio.taskrouter.";

    /** Reads an event whose data and payload can be JSON texts, or in Base64. */
    static CloudEventFields of(JsonNode event, EventJson json) {
        JsonNode data = event.path("data");
        JsonNode content = json.opened(data.isMissingNode() ? event.path("data_base64") : data);
        return new CloudEventFields(event, json.opened(content.path("payload")));
    }

    /** Returns whether this is an event of any product. */
    boolean isCloudEvent() {
        return event.path("type").isTextual() && (event.has("data") || event.has("data_base64"));
    }

    /** Returns whether this is an event of TaskRouter. A sink can be subscribed to other products' events too. */
    boolean isOfTaskRouter() {
        return event.path("type").asText().startsWith(TASKROUTER);
    }

    @Override
    public Optional<String> text(String name) {
        return switch (name) {
            case "EventType" ->
                Optional.of(event.path("type").asText())
                        .filter(type -> type.startsWith(TASKROUTER))
                        .map(type -> type.substring(TASKROUTER.length()));
            // The payload's time, because it identifies a repeated event however the event was sent.
            case "TimestampMs" -> field("timestamp").flatMap(CloudEventFields::epochMillis);
            default -> field(snakeCase(name));
        };
    }

    @Override
    public Optional<String> within(String name, String... path) {
        return text(name).flatMap(json -> new InnerDocument(name, json).text(path));
    }

    private Optional<String> field(String name) {
        JsonNode field = payload.path(name);
        return field.isMissingNode() || field.isNull()
                ? Optional.empty()
                : Optional.of(field.isContainerNode() ? field.toString() : field.asText());
    }

    /** Accepts ISO 8601, which is documented, and the seconds and milliseconds of TaskRouter's other interfaces. */
    private static Optional<String> epochMillis(String timestamp) {
        if (timestamp.matches("[0-9]{12,15}")) {
            return Optional.of(timestamp);
        }
        if (timestamp.matches("[0-9]{1,11}")) {
            return Optional.of(timestamp + "000");
        }
        try {
            long millis = OffsetDateTime.parse(timestamp).toInstant().toEpochMilli();
            return Optional.of(Long.toString(millis));
        } catch (DateTimeException | ArithmeticException malformed) {
            return Optional.empty();
        }
    }

    private static String snakeCase(String name) {
        StringBuilder snake = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            if (Character.isUpperCase(letter) && i > 0) {
                snake.append('_');
            }
            snake.append(Character.toLowerCase(letter));
        }
        return snake.toString();
    }

    /** Omits the event's content. */
    @Override
    public String toString() {
        return "CloudEventFields";
    }
}
