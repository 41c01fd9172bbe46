package io.hangupby.example.contactcenter.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.HangUpBy;
import io.hangupby.call.Segment;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Outcome;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.rest.ApiOperation;
import io.hangupby.simulator.rest.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.json.JsonParserFactory;

/** The report over HTTP, in a backend as it is without the demo's own calls. */
class ReportTest {
    private static final Instant THEN = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration WITHIN = Duration.ofMinutes(1);
    private static final CookieManager cookies = new CookieManager();
    private static final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private static final TwilioSimulator twilio = TwilioSimulator.builder().start();
    private static ReportBackend backend;
    private static URI printed;

    @BeforeAll
    static void start() throws Exception {
        PrintStream usual = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, UTF_8));
        try {
            backend = ReportBackend.start(
                    twilio, "--hangupby.vocabulary.style=title", "--hangupby.vocabulary.values.system=program");
        } finally {
            System.setOut(usual);
        }
        printed = said.toString(UTF_8)
                .lines()
                .filter(line -> line.startsWith("The report, live: "))
                .map(line -> URI.create(line.replace("The report, live: ", "").replace("localhost", "127.0.0.1")))
                .findFirst()
                .orElseThrow();
        backend.receivesEvents(twilio);
        HttpResponse<String> page = get("/?" + printed.getRawQuery());
        assertThat(page.uri()).as("without the key").isEqualTo(backend.uri("/"));
        assertThat(page.statusCode()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        backend.close();
        twilio.close();
    }

    @Test
    void a_waiting_browser_receives_a_call_as_soon_as_it_is_decided_and_can_explain_it() throws Exception {
        String before = everything().next();
        Agent agent = twilio.browserAgent("Alice");

        SimulatedCall call = customerHangsUp(agent);

        assertThat(rowOf(before, call, "DECIDED"))
                .containsEntry("worker", agent.workerSid())
                .containsEntry("name", null)
                .containsEntry("reason", "the customer hung up, and that ended the conference")
                .containsEntry("endedBy", "CUSTOMER")
                .containsEntry("value", "Customer")
                .containsEntry("rule", "customer-left")
                .containsEntry("write", "WRITTEN");

        HttpResponse<String> response = get("/report/explanation?task=" + call.taskSid());
        Map<String, Object> why = json(response);
        assertThat(why).containsEntry("task", call.taskSid()).containsEntry("note", null);
        assertThat(list(why, "segments")).singleElement().satisfies(part -> {
            assertThat(part)
                    .containsEntry("worker", agent.workerSid())
                    .containsEntry("endedBy", "CUSTOMER")
                    .containsEntry("value", "Customer")
                    .containsEntry("reason", "the customer hung up, and that ended the conference")
                    .containsEntry("written", "written");
            assertThat(list(part, "decisive"))
                    .singleElement()
                    .satisfies(fact -> assertThat(fact).containsEntry("source", "CONFERENCE"));
            assertThat(list(part, "other"))
                    .contains(Map.of("source", "EVENTS", "statement", "the agent was on a browser"));
            List<Map<String, Object>> rules = list(part, "rules");
            assertThat(rules.get(0))
                    .isEqualTo(Map.of(
                            "rule",
                            "not-a-customer-call",
                            "matches",
                            false,
                            "says",
                            "does not match, a customer was on a line"));
            assertThat(rules.get(rules.size() - 1))
                    .isEqualTo(Map.of(
                            "rule",
                            "customer-left",
                            "matches",
                            true,
                            "says",
                            "matches, the customer hung up, and that ended the conference"));
        });
        assertThat(response.body()).doesNotContain("+1555").doesNotContain("client:");
    }

    @Test
    void shows_a_call_while_its_verdict_is_still_to_come_and_then_the_verdict_in_its_place() throws Exception {
        String before = everything().next();
        Agent agent = twilio.browserAgent("Alice");
        twilio.faults().rate(1, ApiOperation.TASK_WRITE, Fault.unavailable());

        SimulatedCall call = customerHangsUp(agent);

        Map<String, Object> undecided = rowOf(before, call, "UNDECIDED");
        assertThat(undecided)
                .containsEntry("worker", agent.workerSid())
                .containsEntry("reason", "waiting for the last evidence, or for a response from Twilio")
                .containsEntry("endedBy", null)
                .containsEntry("write", null);
        assertThat(list(json(get("/report/explanation?task=" + call.taskSid())), "segments"))
                .singleElement()
                .satisfies(part ->
                        assertThat(part).containsEntry("endedBy", "CUSTOMER").containsEntry("written", null));
        twilio.faults().clear();
        assertThat(rowOf(before, call, "DECIDED"))
                .containsEntry("reservation", undecided.get("reservation"))
                .containsEntry("left", undecided.get("left"))
                .containsEntry("endedBy", "CUSTOMER");
        assertThat(everything().of(call)).hasSize(1);
    }

    @Test
    void shows_a_parked_call_until_it_is_retried() throws Exception {
        String before = everything().next();
        // A later event of the task makes it due again, so every request has to fail.
        twilio.faults().rate(1, ApiOperation.CONFERENCE, Fault.badRequest());

        SimulatedCall call = customerHangsUp(twilio.browserAgent("Alice"));

        assertThat(rowOf(before, call, "PARKED"))
                .hasEntrySatisfying(
                        "reason",
                        reason -> assertThat(reason).asString().startsWith("cannot succeed: read of conference "));
        twilio.faults().clear();
        retryOnceParked(call);
        assertThat(rowOf(before, call, "DECIDED")).containsEntry("endedBy", "CUSTOMER");
        assertThat(everything().of(call)).hasSize(1);
    }

    @Test
    void shows_no_call_as_undecided_that_is_decided_soon_or_was_before() throws Exception {
        Outcome soon = InventedCalls.outcome(20_004, THEN, EndedBy.AGENT);
        Outcome before = InventedCalls.outcome(20_005, THEN, EndedBy.AGENT);
        Segment late = InventedCalls.segment(20_006, THEN);
        listener().onSegmentEnded(soon.segment());
        listener().onOutcome(soon);
        listener().onOutcome(before);
        listener().onSegmentEnded(before.segment());
        Batch now = everything();

        listener().onSegmentEnded(late);
        listener().onSegmentEnded(late);

        assertThat(Batch.of(ask(now.next()).get(WITHIN.toSeconds(), TimeUnit.SECONDS))
                        .calls())
                .as("the only change since")
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("reservation", late.reservation().value())
                        .containsEntry("stage", "UNDECIDED"));
        listener().onParked(late.task(), "no access for +1 555 010 0199");
        listener().onParked(before.segment().task(), "no access");
        assertThat(everything().calls())
                .filteredOn(row -> !"DECIDED".equals(row.get("stage")))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("reservation", late.reservation().value())
                        .containsEntry("reason", "no access for (a number)"));
        listener().onOutcome(InventedCalls.outcome(20_006, THEN, EndedBy.AGENT));
    }

    @Test
    void keeps_the_latest_ten_thousand_calls_in_order_without_gaps_or_duplicates() throws Exception {
        Batch before = everything();
        IntStream.range(0, RecentCalls.CAPACITY + 49)
                .forEach(i -> listener().onOutcome(InventedCalls.outcome(i, THEN.plusSeconds(i), EndedBy.AGENT)));

        Batch all = everything();

        assertThat(all.calls()).hasSize(10_000);
        assertThat(all.reservations()).hasSize(10_000).doesNotContain(InventedCalls.sid("WR", 49));
        assertThat(all.calls().get(0)).containsEntry("reservation", InventedCalls.sid("WR", 50));
        assertThat(all.oldest()).isEqualTo(all.changes().get(0));
        assertThat(all.changes()).isSorted();
        assertThat(Batch.of(ask("life=of-another-process&after=" + all.last())
                                .get(WITHIN.toSeconds(), TimeUnit.SECONDS))
                        .calls())
                .as("numbers of another process mean nothing here")
                .first()
                .isEqualTo(all.calls().get(0));
        assertThat(before.last()).isLessThan(all.oldest());
    }

    @Test
    void a_changed_verdict_replaces_the_earlier_verdict() throws Exception {
        listener().onOutcome(InventedCalls.outcome(20_000, THEN, EndedBy.DISCONNECT));
        Batch before = everything();
        CompletableFuture<HttpResponse<String>> waiting = ask(before.next());

        listener().onOutcome(InventedCalls.outcome(20_000, THEN, EndedBy.SYSTEM));

        Batch batch = Batch.of(waiting.get(WITHIN.toSeconds(), TimeUnit.SECONDS));
        assertThat(batch.calls())
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("reservation", InventedCalls.sid("WR", 20_000))
                        .containsEntry("endedBy", "SYSTEM")
                        .containsEntry("value", "program"));
        Batch after = everything();
        assertThat(after.calls())
                .hasSameSizeAs(before.calls())
                .contains(batch.calls().get(0));
    }

    @Test
    void shows_no_number_that_a_rule_of_the_applications_may_name() throws Exception {
        Batch before = everything();
        listener()
                .onOutcome(InventedCalls.outcome(
                        20_001,
                        THEN,
                        EndedBy.EXTERNAL,
                        "seen at 2026-11-22 20:47:27.891 by +1 555 010 0199, or 5550100199"));

        Batch batch = Batch.of(ask(before.next()).get(WITHIN.toSeconds(), TimeUnit.SECONDS));

        assertThat(batch.calls())
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("reason", "seen at 2026-11-22 20:47:27.891 by (a number), or (a number)"));
    }

    @ParameterizedTest
    @CsvSource({
        "not-a-sid,                          400, This is not the SID of a task: WT and 32 hexadecimal digits.",
        "WTffffffffffffffffffffffffffffffff, 200, ",
    })
    void says_what_cannot_be_explained(String task, int status, String message) throws Exception {
        HttpResponse<String> response = get("/report/explanation?task=" + task);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).get("message")).isEqualTo(message);
        assertThat(json(response).get("note") != null).isEqualTo(message == null);
    }

    @Test
    void an_explanation_fails_with_a_reason_if_twilio_does_not_respond() throws Exception {
        twilio.faults().rate(1, Fault.badRequest());
        try {
            HttpResponse<String> response = get("/report/explanation?task=" + InventedCalls.sid("WT", 30_000));

            assertThat(response.statusCode()).isEqualTo(502);
            assertThat(json(response).get("message"))
                    .asString()
                    .startsWith("No verdict is stored for this task, and the request to Twilio failed: ");
        } finally {
            twilio.faults().clear();
        }
    }

    @ParameterizedTest
    @CsvSource({"/, text/html", "/report/main.js, text/javascript", "/report/calls, application/json"})
    void holds_browsers_to_its_own_host(String path, String type) throws Exception {
        listener().onOutcome(InventedCalls.outcome(20_002, THEN, EndedBy.AGENT));

        HttpResponse<String> response = get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(given -> assertThat(given).startsWith(type));
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'self';"));
    }

    @ParameterizedTest
    @CsvSource({
        "/report/calls,                localhost,                  User-Agent,       200",
        "/report/calls,                127.0.0.1:8080,             User-Agent,       200",
        "/report/calls,                contact-center.example.com, User-Agent,       403",
        "/,                            contact-center.example.com, User-Agent,       403",
        "/index.html,                  contact-center.example.com, User-Agent,       403",
        "/report/explanation?task=WT0, localhost,                  X-Forwarded-For,  403",
        "/report/explanation?task=WT0, localhost,                  Via,              403",
        "/hangupby/taskrouter,         contact-center.example.com, X-Forwarded-For,  405",
    })
    void is_shown_on_this_machine_only_with_the_key_as_well(String path, String host, String header, int status)
            throws Exception {
        listener().onOutcome(InventedCalls.outcome(20_003, THEN, EndedBy.AGENT));

        assertThat(rawResponse(path, host, header + ": 192.0.2.1\r\nCookie: " + cookie()))
                .startsWith("HTTP/1.1 " + status);
    }

    /** As a proxy sends it by default, which connects from this machine and names the host that it connects to. */
    @ParameterizedTest
    @CsvSource({
        "/,                              User-Agent, none",
        "/index.html,                    User-Agent, none",
        "/report/calls,                  User-Agent, none",
        "/report/main.js,                User-Agent, none",
        "/report/rules,                  User-Agent, none",
        "/report/explanation?task=WT0,   User-Agent, none",
        "/?key=,                         User-Agent, none",
        "/?key=wrong,                    User-Agent, none",
        "/report/calls,                  Cookie,     wrong",
        "/report/calls,                  Cookie,     ''",
    })
    void is_not_shown_without_the_key(String path, String header, String key) throws Exception {
        String name = cookie().substring(0, cookie().indexOf('='));
        String given = header.equals("Cookie") ? name + "=" + key : key;

        String response = rawResponse(path, "127.0.0.1:8080", header + ": " + given);

        assertThat(response)
                .startsWith("HTTP/1.1 403")
                .contains("the address with ?key=… that this program printed")
                .doesNotContain("Set-Cookie");
    }

    @Test
    void gives_the_key_to_a_browser_of_this_machine_once_in_a_cookie_that_no_script_reads_and_no_site_sends()
            throws Exception {
        String query = "/?" + printed.getRawQuery();

        assertThat(rawResponse(query, "localhost", "User-Agent: a"))
                .startsWith("HTTP/1.1 303")
                .contains(
                        "Location: /\r\n",
                        "Set-Cookie: " + cookie() + "; Path=/; HttpOnly; SameSite=Strict\r\n",
                        "Cache-Control: no-store");
        assertThat(rawResponse(query, "contact-center.example.com", "User-Agent: a"))
                .startsWith("HTTP/1.1 403");
        assertThat(rawResponse(query, "localhost", "X-Forwarded-For: 192.0.2.1"))
                .startsWith("HTTP/1.1 403");
    }

    private static String cookie() {
        HttpCookie only = cookies.getCookieStore().getCookies().get(0);
        return only.getName() + "=" + only.getValue();
    }

    private static String rawResponse(String path, String host, String header) throws IOException {
        URI uri = backend.uri("/");
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            String request =
                    "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + header + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static SimulatedCall customerHangsUp(Agent agent) {
        return twilio.inboundCall().waitsInQueue().rings(agent).accepts(agent).customerHangsUp();
    }

    /** The listener hears of a task shortly before the queue has it as parked. */
    private static void retryOnceParked(SimulatedCall call) {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        while (!backend.bean(HangUpBy.class).retryParked(twilio.workspaceSid(), call.taskSid())) {
            assertThat(System.nanoTime()).as("still not parked").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** Follows the changes until a call has a row with this stage. */
    private static Map<String, Object> rowOf(String after, SimulatedCall call, String stage) throws Exception {
        String next = after;
        for (long deadline = System.nanoTime() + WITHIN.toNanos(); System.nanoTime() < deadline; ) {
            Batch batch = Batch.of(ask(next).get(WITHIN.toSeconds(), TimeUnit.SECONDS));
            Optional<Map<String, Object>> wanted = batch.of(call).stream()
                    .filter(row -> stage.equals(row.get("stage")))
                    .findFirst();
            if (wanted.isPresent()) {
                return wanted.get();
            }
            next = batch.next();
        }
        throw new AssertionError(call.taskSid() + " is not " + stage + " within " + WITHIN);
    }

    private static RecentCalls listener() {
        return backend.bean(RecentCalls.class);
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(backend.uri(path)).timeout(WITHIN).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static CompletableFuture<HttpResponse<String>> ask(String cursor) {
        return client.sendAsync(
                HttpRequest.newBuilder(backend.uri("/report/calls?" + cursor)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** All that is kept, by as many requests as that takes; one call is, so that none of them waits. */
    private static Batch everything() throws Exception {
        listener().onOutcome(InventedCalls.outcome(19_999, THEN, EndedBy.CUSTOMER));
        Batch all = Batch.of(ask("").get(WITHIN.toSeconds(), TimeUnit.SECONDS));
        while (all.more()) {
            all = all.and(Batch.of(ask(all.next()).get(WITHIN.toSeconds(), TimeUnit.SECONDS)));
        }
        return all;
    }

    private static Map<String, Object> json(HttpResponse<String> response) {
        return JsonParserFactory.getJsonParser().parseMap(response.body());
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> json, String name) {
        return (List<Map<String, Object>>) field(json, name);
    }

    private static long number(Map<String, Object> json, String name) {
        return ((Number) field(json, name)).longValue();
    }

    private static Object field(Map<String, Object> json, String name) {
        return Optional.ofNullable(json.get(name)).orElseThrow();
    }

    private record Batch(String life, long oldest, long last, boolean more, List<Map<String, Object>> calls) {
        static Batch of(HttpResponse<String> response) {
            assertThat(response.statusCode()).isEqualTo(200);
            Map<String, Object> json = json(response);
            return new Batch(
                    (String) field(json, "life"),
                    number(json, "oldest"),
                    number(json, "last"),
                    (boolean) field(json, "more"),
                    list(json, "calls"));
        }

        String next() {
            return "life=" + life + "&after=" + last;
        }

        Batch and(Batch later) {
            return new Batch(
                    life,
                    later.oldest,
                    later.last,
                    later.more,
                    Stream.concat(calls.stream(), later.calls.stream()).toList());
        }

        List<Map<String, Object>> of(SimulatedCall call) {
            return calls.stream()
                    .filter(row -> call.taskSid().equals(row.get("task")))
                    .toList();
        }

        Set<Object> reservations() {
            return new HashSet<>(
                    calls.stream().map(row -> row.get("reservation")).toList());
        }

        List<Long> changes() {
            return calls.stream().map(row -> number(row, "change")).toList();
        }
    }
}
