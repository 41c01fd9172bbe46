package io.hangupby.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.HangUpByBuilder;
import io.hangupby.JdbcBuilder;
import io.hangupby.RecoveryBuilder;
import io.hangupby.TwilioBuilder;
import io.hangupby.decision.EndedBy;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonParserFactory;

/** The metadata that an IDE shows for the properties. */
class PropertyMetadataTest {
    private static final Pattern DOCUMENTED = Pattern.compile("`(hangupby[.][a-z.-]+)`");

    private final Map<String, Object> metadata = read();

    private static Map<String, Object> read() {
        try (InputStream json =
                PropertyMetadataTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            return JsonParserFactory.getJsonParser()
                    .parseMap(new String(Objects.requireNonNull(json).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> texts(@Nullable Object list, String name) {
        return ((List<?>) Objects.requireNonNull(list))
                .stream()
                        .map(entry -> String.valueOf(((Map<?, ?>) entry).get(name)))
                        .toList();
    }

    private List<String> names() {
        return texts(metadata.get("properties"), "name");
    }

    @Test
    void the_page_of_the_configuration_has_each_property_once() throws IOException {
        // Spring Boot describes the properties that each endpoint of the actuator has.
        List<String> ours =
                names().stream().filter(name -> name.startsWith("hangupby.")).toList();

        assertThat(documented()).extracting(cells -> cells.get(0)).containsExactlyInAnyOrderElementsOf(ours);
    }

    @Test
    void the_page_has_each_default() throws IOException {
        Map<String, Object> defaults = defaults();

        assertThat(documented()).allSatisfy(cells -> {
            Object value = defaults.get(cells.get(0));
            if (value == null) {
                assertThat(cells.get(3)).as(cells.get(0)).doesNotContain("`");
            } else {
                assertThat(cells.get(3)).as(cells.get(0)).isEqualTo("`" + value + "`");
            }
        });
    }

    @Test
    void the_page_has_a_method_of_the_builder_for_each_property() throws IOException {
        Map<String, Class<?>> groups =
                Map.of("twilio", TwilioBuilder.class, "jdbc", JdbcBuilder.class, "recovery", RecoveryBuilder.class);

        assertThat(documented()).filteredOn(cells -> !cells.get(1).equals("-")).allSatisfy(cells -> {
            String[] method = cells.get(1).replace("`", "").split(": ", -1);
            Class<?> builder =
                    method.length == 1 ? HangUpByBuilder.class : Objects.requireNonNull(groups.get(method[0]));
            assertThat(builder.getMethods()).extracting(Method::getName).contains(method[method.length - 1]);
        });
    }

    @Test
    void the_readme_has_properties_that_exist() throws IOException {
        List<String> inReadme = Files.readAllLines(Path.of("../README.md")).stream()
                .filter(line -> line.startsWith("| `hangupby."))
                .flatMap(line -> DOCUMENTED
                        .matcher(line.substring(0, line.indexOf('|', 1)))
                        .results())
                .map(found -> found.group(1))
                .toList();

        assertThat(inReadme).hasSizeGreaterThanOrEqualTo(8);
        assertThat(names()).containsAll(inReadme);
    }

    /** Returns the cells of all tables: property, builder, init parameter, default, effect. */
    private static List<List<String>> documented() throws IOException {
        return Files.readAllLines(Path.of("../docs/configuration.md")).stream()
                .filter(line -> line.startsWith("| `hangupby."))
                .map(line -> Arrays.stream(line.substring(1).split("\\|", -1))
                        .map(String::strip)
                        .toList())
                .map(cells -> Stream.concat(
                                Stream.of(cells.get(0).replace("`", "")),
                                cells.stream().skip(1))
                        .toList())
                .toList();
    }

    private Map<String, Object> defaults() {
        Map<String, Object> defaults = new HashMap<>();
        for (Object entry : (List<?>) Objects.requireNonNull(metadata.get("properties"))) {
            Map<?, ?> property = (Map<?, ?>) entry;
            Object value = property.get("defaultValue");
            if (value != null) {
                defaults.put(String.valueOf(property.get("name")), value);
            }
        }
        return defaults;
    }

    @Test
    void each_property_has_a_description_in_plain_text() {
        List<String> descriptions = texts(metadata.get("properties"), "description");

        assertThat(descriptions)
                .hasSameSizeAs(names())
                .allSatisfy(text -> assertThat(text).isNotBlank().doesNotContain("{@"));
    }

    @Test
    void the_metadata_hints_at_every_value_that_can_be_overridden() {
        List<String> hinted = ((List<?>) Objects.requireNonNull(metadata.get("hints")))
                .stream()
                        .map(hint -> (Map<?, ?>) hint)
                        .filter(hint -> "hangupby.vocabulary.values.keys".equals(hint.get("name")))
                        .flatMap(hint -> texts(hint.get("values"), "value").stream())
                        .toList();

        assertThat(hinted)
                .containsExactlyElementsOf(Arrays.stream(EndedBy.values())
                        .filter(endedBy -> endedBy != EndedBy.UNKNOWN)
                        .map(endedBy -> endedBy.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList());
    }
}
