package io.hangupby.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.decision.EndedBy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
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
    void the_metadata_has_each_property_of_the_readme() throws IOException {
        List<String> documented = Files.readAllLines(Path.of("../README.md")).stream()
                .filter(line -> line.startsWith("| `hangupby."))
                .flatMap(line -> DOCUMENTED
                        .matcher(line.substring(0, line.indexOf('|', 1)))
                        .results())
                .map(MatchResult::group)
                .map(quoted -> quoted.replace("`", ""))
                .map(name -> name.replaceFirst("[.]values[.].*", ".values").replaceFirst("accounts[.].*", "accounts"))
                .distinct()
                .toList();

        assertThat(documented).hasSizeGreaterThan(20);
        assertThat(names()).containsAll(documented);
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
