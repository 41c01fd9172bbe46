package io.hangupby.internal.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.hangupby.call.AccountSid;
import io.hangupby.internal.event.EventFields;
import io.hangupby.internal.event.VoiceReportReader;
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

    private static final String RATE_LIMITS = TWILIO + "apiusage.taskrouter.ratelimits";

    private static final Set<String> CONFERENCE = Set.of(
            "com.twilio.voice.status-callback.conference.updated",
            "com.twilio.voice.status-callback.conference.participant.updated");

    /** The types of Voice Insights that can be set beside a verdict; others of its many types would only cost. */
    private static final Set<String> VOICE_REPORTS = Set.of(
            VoiceReportReader.TYPES + "call-summary.partial",
            VoiceReportReader.TYPES + "call-summary.predicted-complete",
            VoiceReportReader.TYPES + "call-summary.complete",
            VoiceReportReader.TYPES + "call-event.sdk",
            VoiceReportReader.TYPES + "participant-summary.complete",
            VoiceReportReader.TYPES + "conference-participant-summary.complete");

    /** Reads an event whose data, payload, request and parameters can be JSON texts, or in Base64. */
    static CloudEventFields of(JsonNode event, EventJson json) {
        JsonNode data = event.path("data");
        JsonNode content = json.opened(data.isMissingNode() ? event.path("data_base64") : data);
        String type = event.path("type").asText();
        if (VOICE_REPORTS.contains(type)) {
            return new CloudEventFields(event, content);
        }
        JsonNode payload = CONFERENCE.contains(type)
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
     * Returns whether this is an event of TaskRouter, a conference status callback or a report of Voice Insights. A sink can be
     * subscribed to other events, too.
     */
    boolean isOfUse() {
        return type().startsWith(TASKROUTER) || isOfConference() || isVoiceReport();
    }

    /** Returns whether this is what Voice Insights says of a leg. */
    boolean isVoiceReport() {
        return VOICE_REPORTS.contains(type());
    }

    /** Returns whether this is a conference status callback. */
    boolean isOfConference() {
        return CONFERENCE.contains(type());
    }

    /** Returns the account whose limit of task updates is used up, if this event says so. */
    Optional<AccountSid> rateLimited() {
        JsonNode data = event.path("data");
        return type().equals(RATE_LIMITS) && data.path("rate_limited").asBoolean()
                ? AccountSid.parse(data.path("account_sid").asText())
                : Optional.empty();
    }

    String type() {
        return event.path("type").asText();
    }

    @Override
    public Optional<String> text(String name) {
        if (isVoiceReport()) {
            return ofVoiceReport(name);
        }
        return isOfConference() ? field(name) : ofTaskRouter(name);
    }

    /** The time of a report is that of its event: a later report of the same leg replaces an earlier report. */
    private Optional<String> ofVoiceReport(String name) {
        return switch (name) {
            case "AccountSid" -> field("account_sid");
            case "time" -> Optional.of(event.path("time").asText());
            default -> field(name);
        };
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
        if (isVoiceReport()) {
            JsonNode inner = payload.path(name);
            for (String key : path) {
                inner = inner.path(key);
            }
            return inner.isValueNode() && !inner.isNull() ? Optional.of(inner.asText()) : Optional.empty();
        }
        return text(name).flatMap(json -> InnerDocument.of(name, json).text(path));
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
