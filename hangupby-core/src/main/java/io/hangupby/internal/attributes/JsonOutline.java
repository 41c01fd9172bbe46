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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the members of a text's objects are, found in one pass. If an object has a key several times, the last occurrence counts.
 * Immutable.
 *
 * @param root the outermost object; empty if the text is not a JSON object
 * @param problem why the text is not a JSON object, if it is not
 */
record JsonOutline(Optional<Members> root, Optional<JsonTarget.NoObject> problem) {

    // Twilio bounds the text. Jackson's own bounds would reject legal tokens, such as a number of 1001 digits. Only the
    // bound on depth is useful here, because objects are entered by recursion.
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

    private static final String NULL = "null";

    /** Reads a text to its end. */
    static JsonOutline of(String text) {
        // The parser reads an array in place, so its offsets are those of the text, at any length.
        try (JsonParser parser = JSON.createParser(text.toCharArray())) {
            return new Reader(text, parser).read();
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory failed", e);
        }
    }

    private static JsonOutline invalid(JsonTarget.NoObject problem) {
        return new JsonOutline(Optional.empty(), Optional.of(problem));
    }

    /** Returns the target of a path. */
    JsonTarget find(List<String> path) {
        return root.<JsonTarget>map(members -> members.find(path, 0)).orElseGet(problem::orElseThrow);
    }

    /**
     * The members of one object.
     *
     * @param end the end of the last member, or of the opening brace
     */
    private record Members(Map<String, Value> values, int end) {

        /** Searches for the path's key number {@code depth}. */
        JsonTarget find(List<String> path, int depth) {
            Value value = values.get(path.get(depth));
            if (value == null) {
                return new JsonTarget.MissingMember(end, !values.isEmpty(), depth);
            }
            return depth + 1 == path.size() ? value.target() : value.find(path, depth + 1);
        }
    }

    /**
     * The value of a member.
     *
     * @param kind the kind of value, for people
     * @param members the members of an object
     */
    private record Value(JsonTarget target, int start, int end, String kind, Optional<Members> members) {

        JsonTarget find(List<String> path, int depth) {
            if (members.isPresent()) {
                return members.get().find(path, depth);
            }
            return kind.equals(NULL)
                    ? new JsonTarget.NullParent(start, end, depth)
                    : new JsonTarget.NoParent(depth, kind);
        }
    }

    /** Reads one text. Always reads the whole text, because a later key may be the same, and the rest may not be JSON. */
    private record Reader(String text, JsonParser parser) {

        JsonOutline read() throws IOException {
            try {
                return document();
            } catch (StreamConstraintsException e) {
                return invalid(InvalidJson.tooDeep());
            } catch (JsonProcessingException e) {
                // The exception's own message quotes the text.
                return invalid(InvalidJson.notJson(text, end()));
            }
        }

        private JsonOutline document() throws IOException {
            JsonToken root = parser.nextToken();
            if (root == null) {
                return invalid(InvalidJson.empty());
            }
            JsonOutline outline = root == JsonToken.START_OBJECT
                    ? new JsonOutline(Optional.of(members()), Optional.empty())
                    : invalid(InvalidJson.notAnObject(value(root, start()).kind()));
            return parser.nextToken() == null ? outline : invalid(InvalidJson.trailing(start()));
        }

        /** Reads the object that the parser has just entered. */
        private Members members() throws IOException {
            Map<String, Value> values = new HashMap<>();
            int afterMembers = end();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                int member = start();
                values.put(key, value(parser.nextToken(), member));
                afterMembers = end();
            }
            return new Members(values, afterMembers);
        }

        /** Reads a value to its end, in the member that begins at this offset. */
        private Value value(JsonToken token, int member) throws IOException {
            int start = start();
            Optional<Members> members = token == JsonToken.START_OBJECT ? Optional.of(members()) : Optional.empty();
            // The parser reads strings lazily: without this call it has not reached the string's end.
            parser.finishToken();
            parser.skipChildren();
            int end = end();
            JsonTarget target = switch (token) {
                case VALUE_STRING -> new JsonTarget.StringValue(member, start, end, parser.getText());
                case VALUE_TRUE, VALUE_FALSE ->
                    new JsonTarget.BooleanValue(member, start, end, token == JsonToken.VALUE_TRUE);
                default -> new JsonTarget.OtherValue(member, start, end);
            };
            return new Value(target, start, end, kind(token), members);
        }

        private static String kind(JsonToken token) {
            return switch (token) {
                case START_OBJECT -> "an object";
                case START_ARRAY -> "an array";
                case VALUE_STRING -> "a string";
                case VALUE_TRUE, VALUE_FALSE -> "a boolean";
                case VALUE_NULL -> NULL;
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
}
