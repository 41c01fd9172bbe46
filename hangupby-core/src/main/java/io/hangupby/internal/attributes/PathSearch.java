package io.hangupby.internal.attributes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Finds the target of a path in a text, in one pass. The search always reads the whole text, because a later key may be
 * the same, and the rest may not be JSON.
 */
final class PathSearch {

    // Twilio bounds the text. Jackson's own bounds would reject legal tokens, such as a number of 1001 digits. Only the
    // bound on depth is useful here, because objects on the path are entered by recursion.
    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(TaskAttributes.MAX_DEPTH)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .build();

    // Keys come from callers' data: a table of them, shared by all texts, would grow and could be made to collide.
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(CONSTRAINTS)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final String text;
    private final JsonParser parser;
    private final List<String> path;

    private PathSearch(String text, JsonParser parser, List<String> path) {
        this.text = text;
        this.parser = parser;
        this.path = path;
    }

    static JsonTarget find(String text, List<String> path) {
        // The parser reads an array in place, so its offsets are those of the text, at any length.
        try (JsonParser parser = JSON.createParser(text.toCharArray())) {
            return new PathSearch(text, parser, path).inText();
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory failed", e);
        }
    }

    private JsonTarget inText() throws IOException {
        try {
            return inDocument();
        } catch (StreamConstraintsException e) {
            return InvalidJson.tooDeep();
        } catch (JsonProcessingException e) {
            // The exception's own message quotes the text.
            return InvalidJson.notJson(text, end());
        }
    }

    private JsonTarget inDocument() throws IOException {
        JsonToken root = parser.nextToken();
        if (root == null) {
            return InvalidJson.empty();
        }
        JsonTarget target = root == JsonToken.START_OBJECT ? inObject(0) : InvalidJson.notAnObject(skip(root));
        return parser.nextToken() == null ? target : InvalidJson.trailing(start());
    }

    /** Searches the object that the parser has just entered for the path's key number {@code depth}. */
    private JsonTarget inObject(int depth) throws IOException {
        String key = path.get(depth);
        Optional<JsonTarget> last = Optional.empty();
        boolean hasMembers = false;
        int afterMembers = end();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isOnPath = key.equals(parser.currentName());
            int member = start();
            JsonToken token = parser.nextToken();
            if (isOnPath) {
                last = Optional.of(inValue(token, depth + 1, member));
            } else {
                skip(token);
            }
            hasMembers = true;
            afterMembers = end();
        }
        return last.orElse(new JsonTarget.MissingMember(afterMembers, hasMembers, depth));
    }

    /** Searches the value to which the path's first {@code depth} keys lead, in the member that begins at this offset. */
    private JsonTarget inValue(JsonToken token, int depth, int member) throws IOException {
        if (depth == path.size()) {
            return value(token, member);
        }
        return switch (token) {
            case START_OBJECT -> inObject(depth);
            case VALUE_NULL -> new JsonTarget.NullParent(start(), end(), depth);
            default -> new JsonTarget.NoParent(depth, skip(token));
        };
    }

    private JsonTarget value(JsonToken token, int member) throws IOException {
        int start = start();
        skip(token);
        int end = end();
        return switch (token) {
            case VALUE_STRING -> new JsonTarget.StringValue(member, start, end, parser.getText());
            case VALUE_TRUE, VALUE_FALSE ->
                new JsonTarget.BooleanValue(member, start, end, token == JsonToken.VALUE_TRUE);
            default -> new JsonTarget.OtherValue(member, start, end);
        };
    }

    /** Moves to the end of the value and returns its kind, for people. */
    private String skip(JsonToken token) throws IOException {
        // The parser reads strings lazily: without this call it has not reached the string's end.
        parser.finishToken();
        parser.skipChildren();
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> "a number";
        };
    }

    private int start() {
        return offset(parser.currentTokenLocation());
    }

    private int end() {
        return offset(parser.currentLocation());
    }

    private static int offset(JsonLocation location) {
        return Math.toIntExact(location.getCharOffset());
    }
}
