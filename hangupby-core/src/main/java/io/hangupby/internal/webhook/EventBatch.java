package io.hangupby.internal.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Parses a batch of Event Streams: a JSON array of CloudEvents, in UTF-8. */
final class EventBatch {

    private static final int MAX_DEPTH = 100;
    private static final int MAX_TEXT = 256 * 1024;
    private static final int MAX_NAME = 1_000;
    private static final int MAX_DIGITS = 100;

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxDocumentLength(Endpoint.EVENTS.maxBytes())
            .maxNestingDepth(MAX_DEPTH)
            .maxStringLength(MAX_TEXT)
            .maxNameLength(MAX_NAME)
            .maxNumberLength(MAX_DIGITS)
            .build();

    // A table of names that all requests share would grow, and a sender could make its entries collide.
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(LIMITS)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final ObjectMapper MAPPER =
            new ObjectMapper(JSON).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private EventBatch() {}

    /**
     * Returns the events, in their order.
     *
     * @throws UndecodableBodyException if the body is no JSON array, or exceeds the limits
     */
    static List<CloudEventFields> read(byte[] body) throws UndecodableBodyException {
        return inside(tree(body));
    }

    /**
     * Returns the events of an array, or the single event of an object.
     *
     * @throws UndecodableBodyException if the body is neither, or exceeds the limits
     */
    static List<CloudEventFields> readOneOrMore(byte[] body) throws UndecodableBodyException {
        JsonNode root = tree(body);
        return root.isObject() ? List.of(new CloudEventFields(root)) : inside(root);
    }

    private static List<CloudEventFields> inside(JsonNode root) throws UndecodableBodyException {
        if (!root.isArray()) {
            throw notAnArray();
        }
        List<CloudEventFields> events = new ArrayList<>(root.size());
        root.forEach(event -> events.add(new CloudEventFields(event)));
        return events;
    }

    private static JsonNode tree(byte[] body) throws UndecodableBodyException {
        try (Reader text = utf8(body)) {
            return MAPPER.readTree(text);
        } catch (StreamConstraintsException exceeded) {
            throw exceedsLimits();
        } catch (IOException malformed) {
            throw notJson();
        }
    }

    /** Decodes UTF-8 here, because the parser would also guess other charsets. */
    private static Reader utf8(byte[] body) throws UndecodableBodyException {
        if (!Utf8.isWellFormed(body, 0, body.length)) {
            throw new UndecodableBodyException("the body is not valid UTF-8");
        }
        return new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8);
    }

    private static UndecodableBodyException notJson() {
        return new UndecodableBodyException("the body is not valid JSON");
    }

    private static UndecodableBodyException notAnArray() {
        return new UndecodableBodyException("the body is not a JSON array of events");
    }

    private static UndecodableBodyException exceedsLimits() {
        return new UndecodableBodyException("the JSON exceeds " + MAX_DEPTH + " levels, texts of " + MAX_TEXT
                + " characters, names of " + MAX_NAME + " or numbers of " + MAX_DIGITS + " digits");
    }
}
