package io.hangupby.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import io.hangupby.decision.EndedBy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an IDE shows of the properties. */
class PropertyMetadataTest {
    private static final Pattern DOCUMENTED = Pattern.compile("`(hangupby[.][a-z.-]+)`");

    private final DocumentContext metadata = read();

    private static DocumentContext read() {
        try (InputStream json =
                PropertyMetadataTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            return JsonPath.parse(Objects.requireNonNull(json));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> names() {
        return metadata.read("$.properties[*].name");
    }

    @Test
    void hasEachPropertyOfTheReadme() throws IOException {
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
    void describesEachInWordsAlone() {
        List<String> descriptions = metadata.read("$.properties[*].description");

        assertThat(descriptions)
                .hasSameSizeAs(names())
                .allSatisfy(text -> assertThat(text).isNotBlank().doesNotContain("{@"));
    }

    @Test
    void hintsAtTheAnswersThatCanBeRenamed() {
        List<String> hinted = metadata.read("$.hints[?(@.name == 'hangupby.vocabulary.values.keys')].values[*].value");

        assertThat(hinted)
                .containsExactlyElementsOf(Arrays.stream(EndedBy.values())
                        .filter(endedBy -> endedBy != EndedBy.UNKNOWN)
                        .map(endedBy -> endedBy.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList());
    }
}
