package io.hangupby.example.contactcenter.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import io.hangupby.HangUpBy;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.events.CloudEventBatch;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonParserFactory;

/** What the report knows after a restart, and of another node, if hangupby stores verdicts in a database. */
class StoredCallsTest {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final HttpClient client = HttpClient.newHttpClient();
    private final TwilioSimulator twilio = TwilioSimulator.builder().start();

    @AfterEach
    void stop() {
        twilio.close();
    }

    @Test
    void the_report_begins_with_what_the_database_kept_and_shows_what_another_node_decides() throws Exception {
        Map<String, Object> decided;
        try (Report first = new Report()) {
            decided = play(first);
        }

        try (Report second = new Report()) {
            assertThat(second.await(row -> Objects.equals(row.get("task"), decided.get("task"))))
                    .usingRecursiveComparison()
                    .ignoringFields("change", "changed")
                    .isEqualTo(decided);
            assertThat(second.journal).isEqualTo("READ");

            try (Report another = new Report()) {
                Map<String, Object> theirs = play(another);

                assertThat(second.await(row -> Objects.equals(row.get("task"), theirs.get("task"))))
                        .containsEntry("endedBy", "CUSTOMER");
            }
        }
    }

    /** Plays a call until Flex Insights has read its value, and Voice Insights has reported. */
    private Map<String, Object> play(Report report) throws Exception {
        report.backend.receivesEvents(twilio);
        Agent agent = twilio.browserAgent("Alice");
        SimulatedCall call =
                twilio.inboundCall().waitsInQueue().rings(agent).accepts(agent).customerHangsUp();
        report.await(row -> Objects.equals(row.get("task"), call.taskSid()) && row.get("write") != null);
        call.completes(agent);
        report.await(row -> Objects.equals(row.get("task"), call.taskSid()) && row.get("kept") != null);
        report.backend
                .bean(HangUpBy.class)
                .acceptCloudEvents(
                        CloudEventBatch.of(call.voiceReports().events()).getBytes(UTF_8));
        Map<String, Object> row =
                report.await(any -> Objects.equals(any.get("task"), call.taskSid()) && any.get("audit") != null);
        assertThat(row)
                .containsEntry("endedBy", "CUSTOMER")
                .containsEntry("queue", "Everyone")
                .containsEntry("transferring", false)
                .containsEntry("kept", "KEPT")
                .containsEntry("audit", "AGREES")
                .hasEntrySatisfying("talked", talked -> assertThat(talked).isInstanceOf(Number.class))
                .hasEntrySatisfying(
                        "legs",
                        legs -> assertThat(legs)
                                .asInstanceOf(list(String.class))
                                .hasSize(2)
                                .allMatch(leg -> leg.startsWith("CA")));
        return row;
    }

    /** The report of one backend, over HTTP. */
    private final class Report implements AutoCloseable {
        private final ReportBackend backend = ReportBackend.start(
                twilio,
                "--hangupby.store=jdbc",
                "--hangupby.jdbc.create-tables=true",
                "--spring.datasource.url=jdbc:h2:mem:stored-calls;DB_CLOSE_DELAY=-1",
                "--report.remote=true");
        private String cursor = "";
        private String journal = "";

        /** Follows the changes until there is such a row. */
        @SuppressWarnings("unchecked")
        Map<String, Object> await(Predicate<Map<String, Object>> wanted) throws Exception {
            Instant end = Instant.now().plus(LONGEST_WAIT);
            while (true) {
                assertThat(Instant.now()).as("waiting for a call").isBefore(end);
                HttpRequest request = HttpRequest.newBuilder(backend.uri("/report/calls?" + cursor))
                        .timeout(LONGEST_WAIT)
                        .build();
                Map<String, Object> batch = JsonParserFactory.getJsonParser()
                        .parseMap(client.send(request, HttpResponse.BodyHandlers.ofString())
                                .body());
                cursor = "life=" + batch.get("life") + "&after=" + batch.get("last");
                journal = String.valueOf(batch.get("journal"));
                Optional<Map<String, Object>> found = ((List<Map<String, Object>>)
                                Objects.requireNonNull(batch.get("calls")))
                        .stream().filter(wanted).findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }

        @Override
        public void close() {
            backend.close();
        }
    }
}
