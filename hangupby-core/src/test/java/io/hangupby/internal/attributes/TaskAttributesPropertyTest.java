package io.hangupby.internal.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Holds edits of random texts against a model that knows no parser, and against a parser that keeps no text. */
class TaskAttributesPropertyTest {

    private static final int TEXTS = 10_000;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** Takes numbers as doubles, so that none is beyond it. */
    private static final ObjectMapper PLAIN_MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private enum Kind {
        EDITED,
        UNCHANGED,
        REFUSED
    }

    private static Kind kind(EditResult edit) {
        return edit.match(done -> Kind.EDITED, same -> Kind.UNCHANGED, refused -> Kind.REFUSED);
    }

    private static Optional<String> text(EditResult edit) {
        return edit.match(
                done -> Optional.of(done.attributes().text()), same -> Optional.empty(), refused -> Optional.empty());
    }

    private static JsonNode read(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    private static JsonNode at(JsonNode root, List<String> path) {
        JsonNode node = root;
        for (String key : path) {
            node = node.path(key);
        }
        return node;
    }

    @Nested
    class InARandomText {

        @Test
        void an_edit_changes_a_single_token() throws JsonProcessingException {
            Map<Kind, Integer> seen = new EnumMap<>(Kind.class);
            for (int seed = 0; seed < TEXTS; seed++) {
                seen.merge(edit(seed), 1, Integer::sum);
            }

            // A generator that hardly ever gets so far would prove nothing.
            assertThat(seen.get(Kind.EDITED)).isGreaterThan(TEXTS / 2);
            assertThat(seen.get(Kind.REFUSED)).isGreaterThan(TEXTS / 50);
            assertThat(seen.get(Kind.UNCHANGED)).isGreaterThan(TEXTS / 200);
        }

        private Kind edit(int seed) throws JsonProcessingException {
            RandomGenerator random = new Random(seed);
            RandomDocument.Root document = RandomDocument.generate(random);
            List<String> path = RandomDocument.path(random);
            String value = RandomDocument.string(random);
            String original = document.print();

            EditResult edit = TaskAttributes.of(original).set(value, path.toArray(String[]::new));

            assertThat(edit)
                    .as("seed %d, %s at %s in %s", seed, value, path, original)
                    .satisfies(it -> assertThat(kind(it)).isEqualTo(expectedKind(document, value, path)));
            Optional<String> edited = text(edit);
            if (edited.isPresent()) {
                assertEdited(seed, document, edited.get(), value, path);
            }
            return kind(edit);
        }

        private Kind expectedKind(RandomDocument.Root document, String value, List<String> path)
                throws JsonProcessingException {
            JsonNode old = at(read(document.print()), path);
            if (old.isTextual() && old.textValue().equals(value)) {
                return Kind.UNCHANGED;
            }
            return document.with(JsonText.string(value), path)
                            .filter(text -> text.length() <= TaskAttributes.MAX_LENGTH)
                            .isPresent()
                    ? Kind.EDITED
                    : Kind.REFUSED;
        }

        private void assertEdited(
                int seed, RandomDocument.Root document, String edited, String value, List<String> path)
                throws JsonProcessingException {
            String[] keys = path.toArray(String[]::new);

            assertThat(document.with(JsonText.string(value), path))
                    .as("seed %d", seed)
                    .contains(edited);
            assertThat(read(edited)).as("seed %d", seed).isEqualTo(withValue(read(document.print()), value, path));
            assertThat(at(read(edited), path).textValue()).as("seed %d", seed).isEqualTo(value);
            assertThat(TaskAttributes.of(edited).string(keys))
                    .as("seed %d", seed)
                    .contains(value);
            assertThat(TaskAttributes.of(edited).set(value, keys))
                    .as("seed %d", seed)
                    .isEqualTo(new EditResult.Unchanged());
        }

        private JsonNode withValue(JsonNode root, String value, List<String> path) {
            ObjectNode parent = (ObjectNode) root;
            for (String key : path.subList(0, path.size() - 1)) {
                parent = parent.path(key).isObject() ? (ObjectNode) parent.path(key) : parent.putObject(key);
            }
            parent.put(path.get(path.size() - 1), value);
            return root;
        }

        @Test
        void a_string_is_read_as_a_tree_parser_reads_it() throws JsonProcessingException {
            for (int seed = 0; seed < TEXTS; seed++) {
                RandomGenerator random = new Random(seed);
                String text = RandomDocument.generate(random).print();
                List<String> path = RandomDocument.path(random);
                JsonNode node = at(read(text), path);

                TaskAttributes attributes = TaskAttributes.of(text);
                String[] keys = path.toArray(String[]::new);

                assertThat(attributes.string(keys))
                        .as("seed %d", seed)
                        .isEqualTo(node.isTextual() ? Optional.of(node.textValue()) : Optional.empty());
                assertThat(attributes.bool(keys))
                        .as("seed %d", seed)
                        .isEqualTo(node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty());
            }
        }
    }

    @Nested
    class InABrokenText {

        private static final String CHARACTERS = "{}[]\":,\\/ \t\n\0\uFEFFu0019.eE+-truefalsn\ud83d\ude00é#*'";

        @Test
        void nothing_throws_and_only_json_objects_are_edited() {
            for (int seed = 0; seed < TEXTS; seed++) {
                RandomGenerator random = new Random(seed);
                String text = breakUp(RandomDocument.generate(random).print(), random);
                String[] path = RandomDocument.path(random).toArray(String[]::new);
                TaskAttributes attributes = TaskAttributes.of(text);

                assertThatNoException().as("seed %d", seed).isThrownBy(() -> {
                    attributes.string(path);
                    attributes.bool(path);
                    attributes.set("customer", path);
                });
                if (!isObject(text)) {
                    assertThat(kind(attributes.set("customer", path)))
                            .as("seed %d", seed)
                            .isEqualTo(Kind.REFUSED);
                    assertThat(attributes.string(path)).as("seed %d", seed).isEmpty();
                }
            }
        }

        @Test
        void nothing_throws_at_noise() {
            for (int seed = 0; seed < TEXTS; seed++) {
                String text = noise(new Random(seed));
                TaskAttributes attributes = TaskAttributes.of(text);

                assertThatNoException().as("seed %d", seed).isThrownBy(() -> attributes.set("customer", "a", "b"));
                assertThatNoException().as("seed %d", seed).isThrownBy(() -> attributes.string("a", "b"));
            }
        }

        private String breakUp(String text, RandomGenerator random) {
            int from = random.nextInt(text.length());
            int to = from + random.nextInt(text.length() - from);
            return switch (random.nextInt(4)) {
                case 0 -> text.substring(0, from);
                case 1 -> text.substring(0, from) + text.substring(to);
                case 2 -> text.substring(0, from) + character(random) + text.substring(from);
                default -> text.substring(0, from) + character(random) + text.substring(from + 1);
            };
        }

        private String noise(RandomGenerator random) {
            StringBuilder noise = new StringBuilder();
            for (int left = random.nextInt(60); left > 0; left--) {
                noise.append(character(random));
            }
            return noise.toString();
        }

        private char character(RandomGenerator random) {
            return CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
        }

        private boolean isObject(String text) {
            try {
                return PLAIN_MAPPER.readTree(text).isObject();
            } catch (JsonProcessingException e) {
                return false;
            }
        }
    }
}
