package io.hangupby.internal.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Parses a batch of Event Streams: a JSON array of CloudEvents, or a single CloudEvent, in UTF-8. */
final class EventBatch {

    private static final int MAX_DEPTH = 100;
    private static final int MAX_TEXT = 256 * 1024;

    private static final EventJson JSON = new EventJson(Endpoint.EVENTS.maxBytes(), MAX_DEPTH, MAX_TEXT);

    private EventBatch() {}

    /**
     * Returns the events of an array in their order, or the single event of an object.
     *
     * @throws UndecodableBodyException if the body is neither, or exceeds the limits
     */
    static List<CloudEventFields> read(byte[] body) throws UndecodableBodyException {
        JsonNode root = JSON.read(body);
        if (root.isObject()) {
            return List.of(CloudEventFields.of(root, JSON));
        }
        if (!root.isArray()) {
            throw new UndecodableBodyException("the body is neither a JSON array of events nor an event");
        }
        List<CloudEventFields> events = new ArrayList<>(root.size());
        root.forEach(event -> events.add(CloudEventFields.of(event, JSON)));
        return events;
    }
}
