package io.hangupby.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

/** An application may bring an SLF4J older than 2: hangupby then works, and writes the text of its lines. */
class OlderSlf4jTest {

    @Test
    void only_log_line_needs_what_slf4j_2_has_added() {
        noClasses()
                .that()
                .haveNameNotMatching("io\\.hangupby\\.internal\\.processing\\.LogLine.*")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.slf4j.spi.LoggingEventBuilder")
                .because("the first such line would fail with a NoSuchMethodError, after the value is written")
                .check(Product.CLASSES);
    }
}
