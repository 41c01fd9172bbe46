package io.hangupby.internal.attributes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Holds edits of any text against a tree in which everything else must be as before, and against a scanner of its own, by
 * which every other character must be as before.
 */
class TaskAttributesFuzzTest {
    private static final JsonFactory UNLIMITED = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(TaskAttributes.MAX_DEPTH)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final ObjectMapper DECIMALS = JsonMapper.builder(UNLIMITED)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** Knows no number that is beyond it. */
    private static final ObjectMapper DOUBLES = JsonMapper.builder(UNLIMITED)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final ObjectMapper STRICT =
            new ObjectMapper(UNLIMITED.copy()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    /**
     * @param input the path with slashes between its keys, in a line; the value, in a line; the text
     */
    @DictionaryEntries({"conversations", "hang_up_by", "null", "u0063onversations", "ud83d", "1e400", "-0.0", ":{},"})
    @FuzzTest(maxDuration = "20m")
    void an_edit_changes_a_single_token(byte[] input) {
        String[] lines = new String(input, UTF_8).split("\n", 3);
        if (lines.length < 3) {
            return;
        }
        List<String> path = List.of(lines[0].split("/", -1));
        String value = lines[1];
        String text = lines[2];
        TaskAttributes attributes = TaskAttributes.of(text);
        String[] keys = path.toArray(String[]::new);
        EditResult edit = attributes.set(value, keys);
        EditResult removal = attributes.remove(keys);

        Optional<JsonNode> tree = tree(text);
        if (tree.filter(JsonNode::isObject).isEmpty()) {
            assertThat(edit).isInstanceOf(EditResult.Invalid.class);
            assertThat(removal).isInstanceOf(EditResult.Invalid.class);
            assertThat(attributes.string(keys)).isEmpty();
            assertThat(attributes.problem()).isPresent();
            return;
        }
        if (hasLoneSurrogateInAKey(text, attributes)) {
            assertThat(edit).isInstanceOf(EditResult.Invalid.class);
            return;
        }
        JsonNode there = at(tree.get(), path);
        assertThat(attributes.problem()).isEmpty();
        assertThat(attributes.string(keys))
                .isEqualTo(there.isTextual() ? Optional.of(there.textValue()) : Optional.empty());
        assertThat(attributes.bool(keys))
                .isEqualTo(there.isBoolean() ? Optional.of(there.booleanValue()) : Optional.empty());
        assertEdit(edit, text, path, value, tree.get());
        assertRemoval(removal, text, path, tree.get());
    }

    private static void assertEdit(EditResult edit, String text, List<String> path, String value, JsonNode before) {
        Optional<String> expected = new JsonScanner(text).with(path, JsonText.string(value));
        if (edit instanceof EditResult.Unchanged) {
            assertThat(at(before, path).textValue()).isEqualTo(value);
        } else if (edit instanceof EditResult.Edited edited) {
            String after = edited.attributes().text();
            assertThat(expected).contains(after);
            assertThat(after).hasSizeLessThanOrEqualTo(TaskAttributes.MAX_LENGTH);
            assertSameTree(after, text, root -> withValue(root, path, value));
            assertThat(edited.attributes().string(path.toArray(String[]::new))).contains(value);
        } else {
            assertThat(expected.filter(after -> after.length() <= TaskAttributes.MAX_LENGTH))
                    .isEmpty();
        }
    }

    private static void assertRemoval(EditResult removal, String text, List<String> path, JsonNode before) {
        assertThat(removal).isNotInstanceOf(EditResult.Invalid.class);
        boolean isThere = !at(before, path).isMissingNode();
        assertThat(removal instanceof EditResult.Edited).isEqualTo(isThere);
        if (removal instanceof EditResult.Edited edited) {
            String after = edited.attributes().text();
            assertThat(after).hasSizeLessThan(text.length());
            assertThat(tree(after)).isPresent();
            if (!repeatsAKey(text)) {
                assertSameTree(after, text, root -> without(root, path));
            }
        }
    }

    private static JsonNode withValue(JsonNode root, List<String> path, String value) {
        ObjectNode parent = (ObjectNode) root;
        for (String key : path.subList(0, path.size() - 1)) {
            parent = parent.path(key).isObject() ? (ObjectNode) parent.path(key) : parent.putObject(key);
        }
        parent.put(path.get(path.size() - 1), value);
        return root;
    }

    private static JsonNode without(JsonNode root, List<String> path) {
        ((ObjectNode) at(root, path.subList(0, path.size() - 1))).remove(path.get(path.size() - 1));
        return root;
    }

    private static JsonNode at(JsonNode root, List<String> path) {
        JsonNode node = root;
        for (String key : path) {
            node = node.path(key);
        }
        return node;
    }

    private static Optional<JsonNode> tree(String text) {
        return read(DECIMALS, text).or(() -> read(DOUBLES, text));
    }

    /** Both texts as trees of one kind: a number that no decimal can hold makes all numbers of its text doubles. */
    private static void assertSameTree(String after, String before, UnaryOperator<JsonNode> change) {
        ObjectMapper mapper = read(DECIMALS, before).isPresent() ? DECIMALS : DOUBLES;
        assertThat(read(mapper, after)).isEqualTo(read(mapper, before).map(change));
    }

    private static Optional<JsonNode> read(ObjectMapper mapper, String text) {
        try {
            return Optional.of(mapper.readTree(text));
        } catch (JsonProcessingException | NumberFormatException malformed) {
            return Optional.empty();
        }
    }

    private static boolean repeatsAKey(String text) {
        try {
            return STRICT.readTree(text).isMissingNode();
        } catch (JsonProcessingException repeated) {
            return true;
        }
    }

    /** Documented to be refused, though our tree parser takes it. */
    private static boolean hasLoneSurrogateInAKey(String text, TaskAttributes attributes) {
        return attributes.problem().isPresent() && text.contains("\\u");
    }
}
