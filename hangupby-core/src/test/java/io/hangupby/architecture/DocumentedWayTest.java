package io.hangupby.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/design/overview.md} lists the way of a wrap-up event as it is. */
class DocumentedWayTest {
    private static final int STOPS_AT_MOST = 35;
    private static final Pattern STEP = Pattern.compile("(?m)(?:(\\d+) |->) +(([A-Z]\\w+)\\.([a-z]\\w+))");

    @Test
    void each_stop_is_a_method_of_its_class() throws IOException {
        List<String> sources = sources();

        assertThat(steps()).isNotEmpty().allSatisfy(step -> {
            Pattern declared = Pattern.compile("\\b(class|record) " + step.group(3) + "\\b");
            assertThat(sources)
                    .anySatisfy(source ->
                            assertThat(source).containsPattern(declared).contains(" " + step.group(4) + "("));
        });
    }

    @Test
    void the_stops_are_numbered_and_at_most_35() throws IOException {
        List<String> numbers = steps().stream()
                .map(step -> step.group(1))
                .filter(number -> number != null)
                .toList();

        assertThat(numbers)
                .hasSizeLessThanOrEqualTo(STOPS_AT_MOST)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, numbers.size())
                        .mapToObj(Integer::toString)
                        .toList());
    }

    private static List<MatchResult> steps() throws IOException {
        String page = Files.readString(Path.of("../docs/design/overview.md"));
        return STEP.matcher(page.substring(page.indexOf("## The way of a wrap-up event")))
                .results()
                .toList();
    }

    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        for (String module : List.of("../hangupby-core", "../hangupby-servlet")) {
            try (Stream<Path> files = Files.walk(Path.of(module, "src/main/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    sources.add(Files.readString(file));
                }
            }
        }
        return sources;
    }
}
