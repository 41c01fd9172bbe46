package io.hangupby.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each published jar contains the licence. */
class TermsTest {

    @ParameterizedTest
    @CsvSource({
        "hangupby-core, LICENSE",
        "hangupby-core, NOTICE",
        "hangupby-servlet, LICENSE",
        "hangupby-servlet, NOTICE",
        "hangupby-spring, LICENSE",
        "hangupby-spring, NOTICE",
    })
    void licence_and_notice_are_in_each_jar(String module, String name) {
        assertThat(Path.of("..", module, "target", "classes", "META-INF", name))
                .hasSameBinaryContentAs(Path.of("..", name));
    }
}
