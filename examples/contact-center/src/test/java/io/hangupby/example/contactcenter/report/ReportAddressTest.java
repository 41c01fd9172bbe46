package io.hangupby.example.contactcenter.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

class ReportAddressTest {

    @ParameterizedTest
    @CsvSource({"'', http://localhost:8081/", "/centre, http://localhost:8081/centre/"})
    void is_that_of_the_application(String contextPath, String address) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (GenericApplicationContext application = new GenericApplicationContext()) {
            application
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "server", Map.of("local.server.port", "8081", "server.servlet.context-path", contextPath)));

            new ReportAddress(Optional.empty(), new PrintStream(said, true, UTF_8))
                    .onApplicationEvent(new ApplicationReadyEvent(
                            new SpringApplication(), new String[0], application, Duration.ZERO));
        }
        assertThat(said.toString(UTF_8)).isEqualToNormalizingNewlines("The report, live: " + address + "\n");
    }
}
