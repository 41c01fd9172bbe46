package io.hangupby.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The listings in the docs and Javadoc are files that the tests compile and run. */
class DocumentedListingsTest {
    private static final Path SOURCES = Path.of("src/test/java/io/hangupby/spring");

    @ParameterizedTest
    @CsvSource({
        "custom-rules, EndedAfterPayment",
        "custom-rules, EndedAfterPaymentTest",
        "custom-rules, PaymentRules",
        "migration, DryRunPage"
    })
    void each_listing_is_a_compiled_file(String page, String name) throws IOException {
        String source = Files.readString(SOURCES.resolve(name + ".java"));
        String listing = source.substring(source.indexOf("import "));

        assertThat(Files.readString(Path.of("../docs", page + ".md"))).contains("```java\n" + listing + "```\n");
    }

    @Test
    void the_example_of_a_customizer_is_a_compiled_file() throws IOException {
        String documented =
                Files.readString(Path.of("src/main/java/io/hangupby/spring", "HangUpByBuilderCustomizer.java"));
        String example = documented
                .substring(documented.indexOf("<pre>{@code") + "<pre>{@code".length(), documented.indexOf("}</pre>"))
                .replaceAll("(?m)^ \\*", "");

        assertThat(Files.readString(SOURCES.resolve("VocabularyCustomizer.java")))
                .containsIgnoringWhitespaces(example);
    }
}
