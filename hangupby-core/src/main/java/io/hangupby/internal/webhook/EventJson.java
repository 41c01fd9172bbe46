package io.hangupby.internal.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Parses JSON in UTF-8 within limits. Thread-safe. */
final class EventJson {
    private static final int MAX_NAME = 1_000;
    private static final int MAX_DIGITS = 100;

    private final int maxDepth;
    private final int maxText;
    private final ObjectMapper mapper;

    /**
     * @param maxBytes the maximum length of a document
     * @param maxDepth the maximum number of levels
     * @param maxText the maximum length of a string, in characters
     */
    EventJson(int maxBytes, int maxDepth, int maxText) {
        this.maxDepth = maxDepth;
        this.maxText = maxText;
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxDocumentLength(maxBytes)
                .maxNestingDepth(maxDepth)
                .maxStringLength(maxText)
                .maxNameLength(MAX_NAME)
                .maxNumberLength(MAX_DIGITS)
                .build();
        // A table of names that all requests share would grow, and a sender could make its entries collide.
        JsonFactory json = JsonFactory.builder()
                .streamReadConstraints(limits)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
        this.mapper = new ObjectMapper(json).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /**
     * Returns the document.
     *
     * @throws UndecodableBodyException if it is not JSON in UTF-8, or exceeds the limits
     */
    JsonNode read(byte[] document) throws UndecodableBodyException {
        try (Reader text = utf8(document)) {
            return mapper.readTree(text);
        } catch (StreamConstraintsException exceeded) {
            throw new UndecodableBodyException("the JSON exceeds " + maxDepth + " levels, texts of " + maxText
                    + " characters, names of " + MAX_NAME + " or numbers of " + MAX_DIGITS + " digits");
        } catch (IOException malformed) {
            throw new UndecodableBodyException("the body is not valid JSON");
        }
    }

    /** Returns the document within a text, which can be in Base64. A node that is no such text is returned as it is. */
    JsonNode opened(JsonNode node) {
        if (!node.isTextual()) {
            return node;
        }
        try {
            String text = node.textValue().strip();
            return read(
                    text.startsWith("{") || text.startsWith("[") || text.startsWith("\"")
                            ? text.getBytes(StandardCharsets.UTF_8)
                            : Base64.getMimeDecoder().decode(text));
        } catch (UndecodableBodyException | IllegalArgumentException other) {
            return MissingNode.getInstance();
        }
    }

    /** Decodes UTF-8 here, because the parser would also guess other charsets. */
    private static Reader utf8(byte[] body) throws UndecodableBodyException {
        if (!Utf8.isWellFormed(body, 0, body.length)) {
            throw new UndecodableBodyException("the body is not valid UTF-8");
        }
        return new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8);
    }
}
