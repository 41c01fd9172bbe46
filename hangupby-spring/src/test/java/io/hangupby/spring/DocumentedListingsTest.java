package io.hangupby.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The listings in the docs are files that the tests compile and run. */
class DocumentedListingsTest {
    private static final Path SOURCES = Path.of("src/test/java/io/hangupby/spring");

    @ParameterizedTest
    @CsvSource({
        "decisions, EndedAfterPayment",
        "decisions, EndedAfterPaymentTest",
        "decisions, PaymentRules",
        "migration, DryRunPage"
    })
    void are_the_files_without_their_package(String page, String name) throws IOException {
        String source = Files.readString(SOURCES.resolve(name + ".java"));
        String listing = source.substring(source.indexOf("import "));

        assertThat(Files.readString(Path.of("../docs", page + ".md"))).contains("```java\n" + listing + "```\n");
    }
}
