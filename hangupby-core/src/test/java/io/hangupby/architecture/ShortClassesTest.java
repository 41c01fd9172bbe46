package io.hangupby.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A class has one idea, and its file can be read in one go. */
class ShortClassesTest {
    @ParameterizedTest
    @CsvSource({"src/main/java, 350", "src/test/java, 600"})
    void no_source_has_more_lines(String directory, int most) {
        List<Path> sources = Prose.files(".java").stream()
                .filter(file -> file.toString().contains(directory))
                .toList();

        assertThat(sources).hasSizeGreaterThan(100);
        assertThat(sources).filteredOn(file -> Prose.lines(file).size() > most).isEmpty();
    }
}
