package io.hangupby.webhook;

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

/** Reads what Event Streams sends at once: a JSON array of CloudEvents, in UTF-8. */
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

    // A table of names, shared by all requests, would grow and could be made to collide. A charset that is guessed
    // could
    // be another one than that of which we know that it is well-formed.
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
     * @throws UndecodableBodyException if this is no JSON array, or one beyond our limits
     */
    static List<CloudEventFields> read(byte[] body) throws UndecodableBodyException {
        return inside(tree(body));
    }

    /**
     * Returns the events of an array, or the one that this is.
     *
     * @throws UndecodableBodyException if this is neither, or beyond our limits
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
        } catch (StreamConstraintsException beyond) {
            throw beyondLimits();
        } catch (IOException malformed) {
            throw notJson();
        }
    }

    /** Not left to the parser, which would guess at other charsets. */
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

    private static UndecodableBodyException beyondLimits() {
        return new UndecodableBodyException("the JSON goes beyond " + MAX_DEPTH + " levels, texts of " + MAX_TEXT
                + " characters, names of " + MAX_NAME + " or numbers of " + MAX_DIGITS + " digits");
    }
}
