package io.hangupby.internal.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.hangupby.internal.event.EventFields;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of one event of Event Streams. An event of TaskRouter has the fields of the form callbacks, named in snake case. A
 * conference status callback has its form parameters, names unchanged.
 *
 * @param event the whole CloudEvent; can be any JSON
 * @param payload the payload of an event of TaskRouter, or the parameters of a callback; can be missing
 */
record CloudEventFields(JsonNode event, JsonNode payload) implements EventFields {
    private static final String TWILIO = "com.twilio.";
    private static final String TASKROUTER = TWILIO + "taskrouter.";

    private static final Set<String> CONFERENCE = Set.of(
            "com.twilio.voice.status-callback.conference.updated",
            "com.twilio.voice.status-callback.conference.participant.updated");

    /** Reads an event whose data, payload, request and parameters can be JSON texts, or in Base64. */
    static CloudEventFields of(JsonNode event, EventJson json) {
        JsonNode data = event.path("data");
        JsonNode content = json.opened(data.isMissingNode() ? event.path("data_base64") : data);
        JsonNode payload = CONFERENCE.contains(event.path("type").asText())
                ? json.opened(content.path("request")).path("parameters")
                : content.path("payload");
        return new CloudEventFields(event, json.opened(payload));
    }

    /** Returns whether this is an event of any product. */
    boolean isCloudEvent() {
        return event.path("type").isTextual() && (event.has("data") || event.has("data_base64"));
    }

    /** Returns whether this is an event of Twilio's by its type, even if its data is missing. */
    boolean isOfTwilio() {
        return type().startsWith(TWILIO);
    }

    /**
     * Returns whether this is an event of TaskRouter or a conference status callback. A sink can be subscribed to other events,
     * too.
     */
    boolean isOfUse() {
        return type().startsWith(TASKROUTER) || isOfConference();
    }

    /** Returns whether this is a conference status callback. */
    boolean isOfConference() {
        return CONFERENCE.contains(type());
    }

    private String type() {
        return event.path("type").asText();
    }

    @Override
    public Optional<String> text(String name) {
        return isOfConference() ? field(name) : ofTaskRouter(name);
    }

    private Optional<String> ofTaskRouter(String name) {
        return switch (name) {
            case "EventType" ->
                Optional.of(type())
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
