package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hangupby.micrometer.MicrometerTelemetry;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.rest.ApiCounters;
import io.hangupby.simulator.rest.ApiOperation;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is counted, timed and logged of calls and their troubles, and that {@code docs/operations/monitoring.md} says so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsTest {
    /** Part of a SID, of a number or of an address. */
    private static final Pattern IDENTIFIER = Pattern.compile("[0-9a-f]{32}|[0-9]{5}|[+@:/]");

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern NAME_IN_QUERY = Pattern.compile("hangupby_[a-z_]+");
    private static final Pattern GROUPING = Pattern.compile("by \\(([^)]*)\\)");

    private static final String METRICS = "Metrics";
    private static final String FIELDS = "Log fields";

    private EventfulDay day;

    @BeforeAll
    void open() throws Exception {
        day = new EventfulDay();
    }

    @AfterAll
    void close() {
        day.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '=',
            value = {
                "verdicts_total{ended_by:customer,rule:customer-left} = 6",
                "verdicts_total{ended_by:agent,rule:agent-left} = 1",
                "verdicts_total{ended_by:disconnect,rule:agent-left} = 1",
                "verdicts_total{ended_by:cold-transfer,rule:cold-transfer} = 1",
                "audit_total{result:agrees,rule:customer-left} = 1",
                "writes_total{result:written} = 7",
                "writes_total{result:waiting} = 1",
                "writes_total{result:collided} = 1",
                "time_to_value_seconds_count = 7",
                "events_total{outcome:malformed,type:other} = 1",
                "events_total{outcome:rejected,type:task.wrapup} = 0",
                "signatures_rejected_total = 1",
                "retries_total{reason:throttled,what:request} = 1",
                "retries_total{reason:unauthorized,what:task} = 1",
                "api_calls_seconds_count{error:TwilioFailure,kind:task,result:throttled} = 1",
                "api_calls_seconds_count{error:none,kind:task-update,result:conflict} = 1",
                "api_calls_seconds_count{error:TwilioFailure,kind:task,result:unauthorized} = 1",
                "work_seconds_count{ended_by:disconnect,error:none,rule:agent-left} = 1",
                "collisions_total = 1",
                "recovered_total = 1",
                "due = 0",
                "parked = 1",
                "journal_up = 1",
                "twilio_reachable = 1",
                "twilio_circuit_open = 0"
            })
    void outcomes_are_counted(String sample, double value) {
        String quoted = sample.strip().replaceAll(":([^,}]+)", "=\"$1\"");

        assertThat(day.scraped()).containsEntry("hangupby_" + quoted, value);
    }

    /** Ten agents accepted a call, with events from both the callback and Event Streams. */
    @Test
    void each_event_is_counted() {
        assertThat(day.scraped())
                .containsEntry("hangupby_events_total{outcome=\"kept\",type=\"reservation.accepted\"}", 20.0)
                .hasEntrySatisfying(
                        "hangupby_events_total{outcome=\"kept\",type=\"conference\"}",
                        events -> assertThat(events).isGreaterThan(20))
                .hasEntrySatisfying(
                        "hangupby_events_total{outcome=\"ignored\",type=\"other\"}",
                        events -> assertThat(events).isGreaterThan(20));
    }

    @ParameterizedTest
    @CsvSource({"conference, CONFERENCE", "task, TASK_READ", "task-update, TASK_WRITE", "call, CALL"})
    void each_request_to_twilio_is_counted(String kind, ApiOperation received) {
        double counted = day.scraped().entrySet().stream()
                .filter(sample -> sample.getKey().startsWith("hangupby_api_calls_seconds_count{")
                        && sample.getKey().contains("kind=\"" + kind + "\""))
                .mapToDouble(Map.Entry::getValue)
                .sum();
        ApiCounters counters = day.centre().twilio().counters();

        assertThat(counted).isPositive().isEqualTo(counters.of(received));
    }

    /** Ours is an hour ahead. */
    @Test
    void the_delay_of_a_value_is_measured_by_twilios_clock() throws Exception {
        SimpleMeterRegistry ahead = new SimpleMeterRegistry();
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
        long began = System.nanoTime();
        try (CallCentre centre = new CallCentre(
                settings -> settings.telemetry(MicrometerTelemetry.of(ahead)).clock(clock))) {
            Agent ann = centre.twilio().browserAgent("Ann");
            SimulatedCall call = centre.twilio().inboundCall().rings(ann).accepts(ann);
            centre.awaitOutcomes(call.customerHangsUp(), 1);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        Timer timer = ahead.get("hangupby.time.to.value").timer();
        assertThat(timer.count()).isEqualTo(1);
        assertThat(timer.totalTime(TimeUnit.SECONDS)).isBetween(0.0, 3.0 + took.toSeconds());
    }

    @Test
    void no_tag_has_a_sid_or_a_number() {
        assertThat(day.meters().getMeters())
                .flatExtracting(meter -> meter.getId().getTags())
                .extracting(Tag::getValue)
                .hasSizeGreaterThan(50)
                .noneMatch(value -> IDENTIFIER.matcher(value).find());
    }

    @Test
    void every_metric_is_documented() throws IOException {
        Set<String> registered = day.meters().getMeters().stream()
                .map(Meter::getId)
                .map(id -> id.getName() + " " + id.getType().name().toLowerCase(Locale.ROOT) + " "
                        + id.getTags().stream().map(Tag::getKey).sorted().toList())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(rows(METRICS)
                        .map(row -> code(row.get(0)).get(0) + " " + row.get(1) + " "
                                + code(row.get(2)).stream().sorted().toList()))
                .containsExactlyInAnyOrderElementsOf(registered);
    }

    @Test
    void every_tag_is_documented() throws IOException {
        Set<String> documented = documentation()
                .lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> code(line).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> seen = day.meters().getMeters().stream()
                .flatMap(meter -> meter.getId().getTags().stream())
                .filter(tag -> !tag.getKey().equals("rule") && !tag.getKey().equals("type"))
                .map(Tag::getValue)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).containsAll(seen);
    }

    @Test
    void the_dashboard_shows_the_metrics() throws IOException {
        Set<String> samples = day.scraped().keySet().stream()
                .map(sample -> sample.replaceFirst("\\{.*", ""))
                .collect(Collectors.toSet());
        Set<String> labels = Pattern.compile("(\\w+)=\"")
                .matcher(String.join(" ", day.scraped().keySet()))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        String queries = String.join("\n", queries());
        Set<String> drawn = NAME_IN_QUERY
                .matcher(queries)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(samples).containsAll(drawn);
        assertThat(GROUPING.matcher(queries)
                        .results()
                        .flatMap(found -> Stream.of(found.group(1).split(", "))))
                .isNotEmpty()
                .allMatch(labels::contains);
        assertThat(rows(METRICS).map(row -> code(row.get(0)).get(0).replace('.', '_')))
                .allMatch(metric -> drawn.stream().anyMatch(name -> name.startsWith(metric)));
    }

    @Test
    void a_log_line_has_its_content_in_fields_too() throws IOException {
        Map<String, Object> parked = day.log().fields("parked, ").get(0);
        assertThat(parked)
                .containsEntry("hangupby.account", day.centre().twilio().accountSid())
                .containsEntry("hangupby.workspace", day.centre().twilio().workspaceSid())
                .containsEntry("hangupby.task", day.parked().taskSid());
        assertThat(String.valueOf(parked.get("hangupby.reason"))).startsWith("cannot succeed: update of task ");
        Map<String, Object> crashed = day.log().fields("disconnect by rule").get(0);
        assertThat(crashed)
                .containsEntry("hangupby.ended-by", "disconnect")
                .containsEntry("hangupby.rule", "agent-left")
                .containsEntry("hangupby.result", "written");
        assertThat(String.valueOf(crashed.get("hangupby.reservation"))).matches("WR[0-9a-f]{32}");
        assertThat(day.log().fields("an earlier agent's value was in the field"))
                .singleElement()
                .satisfies(fields -> assertThat(fields)
                        .containsEntry("hangupby.ended-by", "customer")
                        .containsEntry("hangupby.result", "collided"));

        Set<String> all = new TreeSet<>(parked.keySet());
        all.addAll(crashed.keySet());
        assertThat(rows(FIELDS).flatMap(row -> code(row.get(0)).stream())).containsExactlyInAnyOrderElementsOf(all);
    }

    /** The rows below a heading whose first cell has one of our names. */
    private static Stream<List<String>> rows(String heading) throws IOException {
        return documentation()
                .split("\n## " + heading + "\n", 2)[1]
                .lines()
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `hangupby."))
                .map(line -> Arrays.stream(line.substring(1).split("\\|", -1))
                        .map(String::strip)
                        .toList());
    }

    private static List<String> code(String text) {
        return CODE.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private static String documentation() throws IOException {
        return Files.readString(Path.of("../docs/operations/monitoring.md"));
    }

    private static List<String> queries() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(Files.readString(Path.of("../docs/grafana/hangupby.json")));
        List<String> queries = new ArrayList<>();
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                queries.add(target.path("expr").asText());
            }
        }
        return queries;
    }
}
