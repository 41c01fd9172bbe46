package io.hangupby.example.contactcenter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo as it is started from a shell. */
class ContactCenterApplicationTest {

    @Test
    void plays_its_calls_once_and_ends_well_when_all_were_right() throws Exception {
        Run run = run("--once", "--simulator.calls=8");

        List<String> segments =
                run.output().stream().filter(line -> line.startsWith("WT")).toList();
        assertThat(segments).hasSize(9).allMatch(line -> line.contains(" right "));
        assertThat(segments.stream().map(line -> line.substring(0, 34)).distinct())
                .hasSize(8);
        assertThat(run.output())
                .contains("8 calls, 0 of them without an agent; 9 segments")
                .anyMatch(line -> line.matches("all +9 +0 +\\d\\.\\d\\d +\\d\\.\\d\\d"));
        Matcher shared = run.output().stream()
                .map(Pattern.compile("consult +1 +0 +(\\S+) +(\\S+)")::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .orElseThrow();
        assertThat(Double.parseDouble(shared.group(1))).isEqualTo(2 * Double.parseDouble(shared.group(2)));
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void is_an_ordinary_backend_without_the_simulator_and_says_which_property_is_missing() throws Exception {
        Run run = run("--simulator.enabled=false");

        assertThat(run.output()).contains("hangupby cannot start: the property hangupby.auth-token is missing.");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void checks_the_setup_of_the_simulated_account() throws Exception {
        Run run = run("--check");

        assertThat(run.output())
                .contains("OK    callback-url: Events are posted to hangupby: " + address(run) + "/taskrouter.")
                .contains("OK    public-url: A signed request to " + address(run)
                        + "/taskrouter arrived in this application, once.")
                .last()
                .asString()
                .startsWith("OK: ");
        assertThat(run.exitCode()).isZero();
    }

    private static String address(Run run) {
        Matcher address = Pattern.compile("to hangupby: (\\S+)/taskrouter").matcher(String.join("\n", run.output()));
        assertThat(address.find()).as(run.output().toString()).isTrue();
        return address.group(1);
    }

    @Test
    void prints_the_check_as_json_alone_with_an_exit_code() throws Exception {
        Run run = run(
                "--check=json",
                "--hangupby.agent-marker=none",
                "--hangupby.store=jdbc",
                "--spring.datasource.url=jdbc:h2:mem:x");

        assertThat(run.output())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("{\"status\":\"WRONG\",\"lines\":[{\"check\":\"settings\"");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            --hangupby.pubic-url=canary,   There is no setting hangupby.pubic-url.
            --hangupby.agent-marker=canary, hangupby.agent-marker has a value that cannot be used.
            """)
    void names_a_setting_that_stops_the_start(String setting, String seen) throws Exception {
        Run run = run("--check=json", setting);

        assertThat(run.output())
                .hasSize(1)
                .first()
                .asString()
                .contains("\"check\":\"settings\"", "\"seen\":\"" + seen + "\"", "docs/configuration.md")
                .doesNotContain("canary");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void names_a_port_that_is_in_use() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Run run = run("--check=json", "--server.port=" + other.getLocalPort());

            assertThat(run.output())
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("\"check\":\"settings\"", "\"seen\":\"Port " + other.getLocalPort() + " is in use, ");
            assertThat(run.exitCode()).isEqualTo(2);
        }
    }

    @Test
    void checks_a_setup_without_a_way_to_twilio() throws Exception {
        Run run = run(
                "--check",
                "--simulator.enabled=false",
                "--hangupby.account-sid=AC" + "0".repeat(32),
                "--hangupby.auth-token=canary",
                "--hangupby.twilio.base-url=http://127.0.0.1:1");

        assertThat(run.output())
                .anyMatch(line -> line.startsWith("WRONG auth-token: Twilio's API cannot be reached"))
                .anyMatch(line -> line.equals("      hangupby.public-url=https://<your host>/hangupby"))
                .noneMatch(line -> line.contains("canary"));
        assertThat(run.exitCode()).isEqualTo(2);
    }

    private static Run run(String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of(
                                ProcessHandle.current().info().command().orElse("java"),
                                // As system properties, so that an argument can replace them.
                                "-Dserver.port=0",
                                "-Dserver.address=127.0.0.1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ContactCenterApplication.class.getName()),
                        Stream.of(arguments))
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return new Run(output.lines().toList(), process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    private record Run(List<String> output, int exitCode) {}
}
