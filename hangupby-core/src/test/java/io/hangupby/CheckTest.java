package io.hangupby;

import static io.hangupby.WrongSetup.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.check.CheckReport;
import io.hangupby.check.CheckReport.Line;
import io.hangupby.check.CheckReport.Status;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.rest.ApiOperation;
import io.hangupby.simulator.rest.Fault;
import io.hangupby.webhook.WebhookResponse;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CheckTest {
    static final String NEEDED =
            "task.created,task.updated,task.wrapup,task.completed,task.canceled,task.deleted,task.system-deleted,"
                    + "task.transfer-initiated,task.transfer-attempt-failed,task.transfer-failed,task.transfer-canceled,"
                    + "task.transfer-completed,reservation.created,reservation.accepted,reservation.rejected,reservation.timeout,"
                    + "reservation.canceled,reservation.rescinded,reservation.failed,reservation.wrapup,reservation.completed";

    @Test
    void a_right_setup_is_all_ok_within_ten_seconds_and_nothing_is_journalled() {
        try (CheckedSetup setup = new CheckedSetup(UnaryOperator.identity())) {
            long began = System.nanoTime();
            CheckReport report = setup.check();

            assertThat(report.lines())
                    .allSatisfy(line ->
                            assertThat(line.status()).as(line.toString()).isEqualTo(Status.OK));
            assertThat(report.lines())
                    .extracting(Line::check)
                    .containsExactly(
                            "journal",
                            "auth-token",
                            "permissions",
                            "workspace",
                            "callback-url",
                            "connection-overrides",
                            "events-filter",
                            "event-streams-sink",
                            "voice-insights",
                            "update-limit",
                            "wrap-up-time",
                            "public-url",
                            "clock");
            assertThat(report.exitCode()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
            assertThat(setup.hangUpBy().status().due()).isZero();
            assertThat(setup.twilio().counters().of(ApiOperation.TASK_WRITE)).isZero();
        }
    }

    @Test
    void the_report_is_text_and_json_without_a_secret() {
        try (CheckedSetup setup =
                new CheckedSetup(builder -> builder.publicUrl("http://user:canary-password@127.0.0.1:1/hangupby"))) {
            setup.twilio().setup().eventCallbackUrl("https://user:canary-other@example.com/in?key=canary-query");
            CheckReport report = setup.check();

            assertThat(report.toString())
                    .startsWith("OK    journal: In the memory of this process")
                    .contains("WRONG callback-url: Events are posted to another program: https://example.com/in.")
                    .contains("\n      twilio api:taskrouter:v1:workspaces:update --sid "
                            + setup.twilio().workspaceSid())
                    .contains("WRONG public-url: http://127.0.0.1:1/hangupby/taskrouter accepts no connection.")
                    .endsWith("WRONG: 10 lines OK, 0 WARN, 2 WRONG");
            assertThat(report.toJson())
                    .startsWith(
                            "{\"status\":\"WRONG\",\"lines\":[{\"check\":\"journal\",\"status\":\"OK\",\"seen\":\"In the memory")
                    .contains("\"check\":\"callback-url\",\"account\":\""
                            + setup.twilio().accountSid() + "\",\"status\":\"WRONG\"");
            assertThat(report.exitCode()).isEqualTo(2);
            assertThat(report + report.toJson())
                    .doesNotContain("canary", setup.twilio().authToken());
        }
    }

    @ParameterizedTest
    @MethodSource
    void names_what_is_wrong_at_twilio_and_what_mends_it(WrongSetup wrong) {
        wrong.isNamed();
    }

    static Stream<WrongSetup> names_what_is_wrong_at_twilio_and_what_mends_it() {
        return Stream.of(
                wrong("no callback", setup -> setup.twilio().setup().removeEventCallbackUrl())
                        .at("callback-url", Status.WRONG)
                        .mendedBy("--event-callback-url '%s/taskrouter#rc=3&rp=ct,rt,5xx'"),
                wrong("callback without the endpoint", setup -> callback(setup, setup.mount()))
                        .at("callback-url", Status.WRONG)
                        .mendedBy("event_callback_url = \"%s/taskrouter#rc=3&rp=ct,rt,5xx\""),
                wrong(
                                "callback by https",
                                setup -> callback(setup, setup.mount().replace("http:", "https:") + "/taskrouter"))
                        .at("callback-url", Status.WRONG)
                        .mendedBy("--event-callback-url '%s/taskrouter"),
                wrong(
                                "callback to another program",
                                setup -> callback(setup, "https://crm.example.com/taskrouter-events"))
                        .at("callback-url", Status.WRONG)
                        .mendedBy("hangupby.filter.enabled=true"),
                wrong(
                                "public URL inside the network",
                                setup -> callback(setup, "https://backend.example.com/hangupby/taskrouter"))
                        .at("callback-url", Status.WRONG)
                        .saying("/hangupby/taskrouter, which has another host")
                        .mendedBy(
                                "from the Internet: hangupby.public-url=https://backend.example.com/hangupby\nIf the second"),
                wrong("no overrides", setup -> callback(setup, setup.mount() + "/taskrouter"))
                        .at("connection-overrides", Status.WARN)
                        .mendedBy("#rc=3&rp=ct,rt,5xx"),
                wrong("no overrides at an observed handler", setup -> observed(setup, setup.mount() + "/own"))
                        .at("connection-overrides", Status.WARN)
                        .mendedBy("Only if your own handler can receive an event twice:\ntwilio api:"),
                wrong("never again", setup -> callback(setup, setup.mount() + "/taskrouter#rc=0&rp=all"))
                        .at("connection-overrides", Status.WARN)
                        .mendedBy("#rc=3&rp=ct,rt,5xx"),
                wrong("too many retries", setup -> callback(setup, setup.mount() + "/taskrouter#rc=9&rp=5xx"))
                        .at("connection-overrides", Status.WARN)
                        .saying("rc=9")
                        .mendedBy("#rc=3&rp=ct,rt,5xx"),
                wrong(
                                "a policy that does not exist",
                                setup -> callback(setup, setup.mount() + "/taskrouter#rc=2&rp=5xx,dns"))
                        .at("connection-overrides", Status.WRONG)
                        .mendedBy("#rc=3&rp=ct,rt,5xx"),
                wrong(
                                "filter without transfers",
                                setup -> setup.twilio().setup().eventsFilter(without("task.transfer-")))
                        .at("events-filter", Status.WRONG)
                        .saying("a transfer counts as a hang-up or a drop")
                        .mendedBy("--events-filter '" + without("task.transfer-") + ",task.transfer-initiated,"),
                wrong(
                                "filter without task.updated",
                                setup -> setup.twilio().setup().eventsFilter(without("task.updated")))
                        .at("events-filter", Status.WARN)
                        .mendedBy(",task.updated'"),
                wrong("a wrong token", builder -> builder.authToken("canary-token"), setup -> {})
                        .at("auth-token", Status.WRONG)
                        .mendedBy("hangupby.auth-token"),
                wrong(
                                "a token that was replaced",
                                builder ->
                                        builder.authTokens(List.of(TwilioSimulator.DEFAULT_AUTH_TOKEN, "canary-old")),
                                setup -> {})
                        .at("auth-token", Status.WARN)
                        .mendedBy("hangupby.auth-tokens"),
                wrong(
                                "a token that was replaced comes first",
                                builder -> builder.apiKey(null)
                                        .apiSecret(null)
                                        .authTokens(List.of("canary-old", TwilioSimulator.DEFAULT_AUTH_TOKEN)),
                                setup -> {})
                        .at("auth-token", Status.WRONG)
                        .saying("Twilio rejects the first of hangupby.auth-tokens")
                        .mendedBy("Remove the first token from hangupby.auth-tokens."),
                wrong("a wrong key", builder -> builder.apiSecret("canary-wrong"), setup -> {})
                        .at("permissions", Status.WRONG)
                        .mendedBy(
                                "twilio api:core:keys:create --friendly-name hangupby --properties sid,secret\nhangupby.api-key=<"),
                wrong(
                                "a key without a permission",
                                setup -> setup.twilio().faults().rate(1, ApiOperation.PARTICIPANTS, Fault.forbidden()))
                        .at("permissions", Status.WRONG)
                        .saying("lacks permissions: Voice: Conference Participants, list.")
                        .mendedBy("twilio api:core:keys:create"),
                wrong("another workspace", builder -> builder.workspaceSid("WS" + "9".repeat(32)), setup -> {})
                        .at("workspace", Status.WRONG)
                        .mendedBy("twilio api:taskrouter:v1:workspaces:list"),
                wrong(
                                "a workspace of another account",
                                setup -> setup.twilio().setup().workspaceOwner("AC" + "9".repeat(32)))
                        .at("workspace", Status.WRONG)
                        .mendedBy("hangupby.account-sid=AC999"),
                wrong("Voice Insights off", setup -> setup.twilio().setup().advancedFeatures(false))
                        .at("voice-insights", Status.WARN)
                        .mendedBy(
                                "curl -X POST https://insights.twilio.com/v1/Voice/Settings -d AdvancedFeatures=true"),
                wrong(
                                "Twilio cannot be reached",
                                builder -> builder.twilio(api -> api.baseUrl("http://127.0.0.1:1")),
                                setup -> {})
                        .at("auth-token", Status.WRONG)
                        .mendedBy("https://api.twilio.com"));
    }

    @ParameterizedTest
    @MethodSource
    void names_what_is_in_the_way(WrongSetup wrong) {
        wrong.isNamed();
    }

    static Stream<WrongSetup> names_what_is_in_the_way() {
        return Stream.of(
                blocked("a login", 302, "").saying("was redirected to").mendedBy("hangupby.security.enabled=true"),
                blocked("basic authentication", 401, "")
                        .saying("a login is required")
                        .mendedBy("without a login"),
                blocked("CSRF", 403, "<html>Forbidden").saying("CSRF").mendedBy("Exempt requests"),
                blocked("another path", 404, "<html>")
                        .saying("nothing takes it at this path")
                        .mendedBy("hangupby.path"),
                blocked("a proxy without a backend", 502, "")
                        .saying("the proxy cannot reach")
                        .mendedBy("upstream"),
                blocked("another application", 200, "hello")
                        .saying("another application")
                        .mendedBy("hangupby.public-url"),
                blocked("the page of a login", 200, "<html>Sign in")
                        .saying("the page of a login")
                        .mendedBy("without a login"),
                wrong(
                                "a filter that reads the body",
                                setup -> setup.way((exchange, on) ->
                                        CheckedSetup.respond(exchange, 400, WebhookResponse.READ_IN_FRONT.body())))
                        .at("public-url", Status.WRONG)
                        .saying("a filter of the application read the body")
                        .mendedBy("Let that filter leave requests"),
                wrong(
                                "a proxy that changes the body",
                                setup -> setup.way((exchange, on) -> {
                                    byte[] body = exchange.getRequestBody().readAllBytes();
                                    byte[] changed = Arrays.copyOf(body, body.length + 4);
                                    System.arraycopy(
                                            "&x=y".getBytes(StandardCharsets.UTF_8), 0, changed, body.length, 4);
                                    on.pass(exchange, new ByteArrayInputStream(changed), on.hangUpBy());
                                }))
                        .at("public-url", Status.WRONG)
                        .saying("the signature did not match")
                        .mendedBy("Rejected a request"),
                wrong(
                                "a proxy that removes the signature",
                                setup -> setup.way((exchange, on) -> on.passWithout("X-Twilio-Signature", exchange)))
                        .at("public-url", Status.WRONG)
                        .saying("X-Twilio-Signature was removed")
                        .mendedBy("pass the header"),
                wrong(
                                "two nodes with journals in memory",
                                setup -> setup.way((exchange, on) -> {
                                    try (CheckedSetup other =
                                            new CheckedSetup(builder -> builder.publicUrl(on.mount()))) {
                                        on.pass(exchange, exchange.getRequestBody(), other.hangUpBy());
                                    }
                                }))
                        .at("public-url", Status.WRONG)
                        .saying("a journal of its own in memory")
                        .mendedBy("hangupby.store=jdbc"),
                wrong("no public URL", builder -> builder.publicUrls(List.of()), setup -> {})
                        .at("public-url", Status.WARN)
                        .mendedBy("hangupby.public-url=https://"),
                wrong("no DNS", builder -> builder.publicUrl("https://nobody.invalid/hangupby"), setup -> {})
                        .at("public-url", Status.WRONG)
                        .saying("DNS has no address for nobody.invalid")
                        .mendedBy("dig +short nobody.invalid"),
                wrong(
                                "a placeholder, with a simulated Twilio",
                                builder -> builder.publicUrl("https://backend.example.com/hangupby"),
                                setup -> {})
                        .at("public-url", Status.WARN)
                        .saying("Not tried, because backend.example.com is a placeholder")
                        .mendedBy("set publicAddress of @TwilioSimulatorTest"),
                wrong(
                                "no DNS of one of two addresses",
                                builder -> builder.publicUrls(
                                        List.of("https://nobody.invalid/hangupby", "https://nobody.invalid/in")),
                                setup -> {})
                        .at("public-url", Status.WRONG)
                        .mendedBy("Correct hangupby.public-urls,"),
                wrong("no DNS for an observed handler", setup -> observed(setup, "https://nobody.invalid/own"))
                        .at("public-url", Status.WRONG)
                        .mendedBy("Correct hangupby.filter.public-url,"),
                wrong("no connection", builder -> builder.publicUrl("http://127.0.0.1:1/hangupby"), setup -> {})
                        .at("public-url", Status.WRONG)
                        .saying("accepts no connection")
                        .mendedBy("curl -i -d a=b http://127.0.0.1:1/hangupby/taskrouter"));
    }

    @Test
    void a_server_without_tls_is_named() {
        try (CheckedSetup plain = new CheckedSetup(UnaryOperator.identity());
                CheckedSetup setup = new CheckedSetup(
                        builder -> builder.publicUrl(plain.mount().replace("http:", "https:")))) {
            Line line = setup.line("public-url");

            assertThat(line.seen())
                    .startsWith("TLS with 127.0.0.1:")
                    .endsWith(" fails: this port speaks HTTP without TLS.");
            assertThat(line.remedy()).contains("If hangupby.public-url is meant to be http", "the port of the proxy");
        }
    }

    @Test
    void a_public_url_with_another_path_than_hangupby_is_named_and_the_address_at_twilio_stays() {
        try (CheckedSetup front = new CheckedSetup(UnaryOperator.identity());
                CheckedSetup setup = new CheckedSetup(
                        builder -> builder.publicUrl(front.mount().replace("/hangupby", "/twilio/hangupby")))) {
            front.way((exchange, on) -> on.pass(exchange, exchange.getRequestBody(), setup.hangUpBy()));
            callback(setup, front.mount() + "/taskrouter");
            CheckReport report = setup.check();

            Line way = CheckedSetup.line(report, "public-url");
            assertThat(way.status()).isEqualTo(Status.WRONG);
            assertThat(way.seen())
                    .contains("hangupby is mounted at /hangupby, and the public URL has the path /twilio/hangupby");
            assertThat(way.remedy())
                    .contains("hangupby.public-url=" + front.mount() + ",", "hangupby.path=/twilio/hangupby");
            Line callback = CheckedSetup.line(report, "callback-url");
            assertThat(callback.status()).isEqualTo(Status.WRONG);
            assertThat(callback.seen()).contains("so hangupby.public-url is wrong");
            assertThat(callback.remedy()).isEqualTo("hangupby.public-url=" + front.mount());
        }
    }

    @Test
    void a_public_url_without_a_path_is_named() {
        try (CheckedSetup front = new CheckedSetup(UnaryOperator.identity());
                CheckedSetup setup = new CheckedSetup(
                        builder -> builder.publicUrl(front.mount().replace("/hangupby", "")))) {
            front.way((exchange, on) -> on.pass(exchange, exchange.getRequestBody(), setup.hangUpBy()));
            Line line = setup.line("public-url");

            assertThat(line.seen()).endsWith("hangupby is mounted at /hangupby, and the public URL has no path.");
            assertThat(line.remedy())
                    .contains("hangupby.public-url=" + front.mount() + ",")
                    .doesNotContain("hangupby.path=");
        }
    }

    @Test
    void an_address_at_twilio_is_changed_only_to_an_address_that_reaches_hangupby() {
        try (CheckedSetup front = new CheckedSetup(UnaryOperator.identity());
                CheckedSetup setup = new CheckedSetup(builder -> builder.publicUrl(front.mount()))) {
            front.way((exchange, on) -> CheckedSetup.respond(exchange, 401, ""));
            callback(setup, front.mount() + "/in/taskrouter");
            Line line = setup.line("callback-url");

            assertThat(line.seen())
                    .endsWith(" One of the two is wrong: hangupby.public-url, or the address at Twilio.");
            assertThat(line.remedy()).contains("the line public-url").doesNotContain("twilio api:");
            setup.twilio().setup().removeEventCallbackUrl();
            assertThat(setup.line("callback-url").remedy())
                    .startsWith("After the line public-url is mended:\ntwilio api:");
        }
    }

    @Test
    void a_request_that_arrives_twice_is_named() {
        try (CheckedSetup setup = new CheckedSetup(UnaryOperator.identity())) {
            setup.way((exchange, on) -> {
                byte[] body = exchange.getRequestBody().readAllBytes();
                on.deliver(exchange, body);
                on.pass(exchange, new ByteArrayInputStream(body), on.hangUpBy());
            });

            assertThat(setup.line("public-url").seen()).endsWith("arrived 2 times.");
        }
    }

    @Test
    void events_from_the_applications_own_queue_need_no_public_url_and_no_callback() {
        try (CheckedSetup setup = new CheckedSetup(builder -> builder.publicUrls(List.of()))) {
            setup.twilio().setup().removeEventCallbackUrl();
            CheckReport before = setup.check();

            assertThat(CheckedSetup.line(before, "callback-url").status()).isEqualTo(Status.WRONG);
            assertThat(List.of(CheckedSetup.line(before, "callback-url"), CheckedSetup.line(before, "public-url")))
                    .allSatisfy(line -> assertThat(line.remedy()).contains("run the check after the first event"));
            queued(setup, setup.twilio().accountSid());
            assertThat(setup.check().lines())
                    .allSatisfy(line ->
                            assertThat(line.status()).as(line.toString()).isEqualTo(Status.OK));
            callback(setup, "https://crm.example.com/events");
            assertThat(setup.line("callback-url").seen())
                    .isEqualTo("Events came from the application's own queue, by acceptCallback or acceptCloudEvents,"
                            + " since the start; the workspace posts them to https://crm.example.com/events.");
        }
    }

    @Test
    void a_queue_that_brings_the_events_of_another_account_brings_none() {
        try (CheckedSetup setup = new CheckedSetup(builder -> builder.publicUrls(List.of()))) {
            setup.twilio().setup().removeEventCallbackUrl();
            queued(setup, "AC" + "9".repeat(32));

            assertThat(setup.line("callback-url").status()).isEqualTo(Status.WRONG);
        }
    }

    private static void queued(CheckedSetup setup, String account) {
        boolean unused = setup.hangUpBy()
                .acceptCallback(Map.of(
                        "AccountSid",
                        account,
                        "WorkspaceSid",
                        setup.twilio().workspaceSid(),
                        "EventType",
                        "worker.activity.update"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            not reached,     workspace,    WARN, The workspace could not be read: ,      Mend the line auth-token first
            not reached,     wrap-up-time, WARN, Not checked,                            Mend the line auth-token first
            not reached,     update-limit, OK,   'Not checked, because the tasks could', ''
            not reached,     clock,        WARN, Not checked,                            Mend the line auth-token first
            none known,      workspace,    WARN, The workspace could not be read: ,      Mend the line auth-token first
            none known,      wrap-up-time, WARN, 'Not checked, because there is no',     Mend the line workspace first
            none known,      update-limit, OK,   'Not checked, because there is no',     ''
            wrong key,       workspace,    WARN, The workspace could not be read: ,      Mend the line permissions first
            wrong key,       wrap-up-time, WARN, Not checked,                            Mend the line permissions first
            wrong key,       clock,        OK,   This machine's clock agrees,            ''
            wrong token,     workspace,    WARN, The workspace could not be read: ,      Mend the line auth-token first
            wrong token,     clock,        WARN, Not checked,                            Mend the line auth-token first
            wrong workspace, permissions,  WARN, Twilio allows hangupby.api-key the 4,   Mend the line workspace first
            wrong workspace, wrap-up-time, WARN, 'Not checked, because there is no',     Mend the line workspace first
            wrong workspace, update-limit, OK,   'Not checked, because there is no',     ''
            no permission,   workspace,    WARN, The workspace could not be read: ,      Allow the key to read workspaces
            """)
    void what_cannot_be_read_is_not_checked_and_names_the_line_to_mend_first(
            String wrong, String check, Status status, String seen, String remedy) {
        try (CheckedSetup setup = new CheckedSetup(builder -> unreadable(wrong, builder))) {
            if (wrong.equals("no permission")) {
                setup.twilio().faults().rate(1, ApiOperation.SETUP, Fault.forbidden());
            }
            Line line = setup.line(check);

            assertThat(line.status()).as(line.toString()).isEqualTo(status);
            assertThat(line.seen()).startsWith(seen);
            assertThat(line.remedy()).startsWith(remedy);
        }
    }

    private static HangUpByBuilder unreadable(String wrong, HangUpByBuilder builder) {
        return switch (wrong) {
            case "not reached" -> builder.twilio(api -> api.baseUrl("http://127.0.0.1:1"));
            case "none known" -> builder.workspaceSid(null).twilio(api -> api.baseUrl("http://127.0.0.1:1"));
            case "wrong key" -> builder.apiSecret("canary-wrong");
            case "wrong token" -> builder.apiKey(null).apiSecret(null).authToken("canary-token");
            case "wrong workspace" -> builder.workspaceSid("WS" + "9".repeat(32));
            default -> builder;
        };
    }

    @Test
    void a_clock_that_differs_is_named() {
        try (CheckedSetup setup =
                new CheckedSetup(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(3)), UnaryOperator.identity())) {
            Line line = setup.line("clock");

            assertThat(line.status()).isEqualTo(Status.WARN);
            assertThat(line.seen()).matches("This machine's clock is 1(79|80) s behind Twilio's.*");
            assertThat(line.remedy()).contains("timedatectl set-ntp true");
        }
    }

    @Test
    void of_several_workspaces_that_of_flex_is_checked_and_named() {
        try (CheckedSetup setup = new CheckedSetup(builder -> builder.workspaceSid(null))) {
            setup.twilio().setup().furtherWorkspaces(2);
            Line line = setup.line("workspace");

            assertThat(line.status()).isEqualTo(Status.WARN);
            assertThat(line.remedy())
                    .isEqualTo("hangupby.workspace-sid=" + setup.twilio().workspaceSid());
        }
    }

    @Test
    void of_several_accounts_the_wrong_account_is_named_with_its_own_settings() {
        String other = "AC" + "9".repeat(32);
        try (CheckedSetup setup = new CheckedSetup(builder ->
                builder.account("sales", sales -> sales.accountSid(other).authToken("canary-of-sales")))) {
            CheckReport report = setup.check();
            Map<String, Status> tokens = new TreeMap<>();
            report.lines().stream()
                    .filter(line -> line.check().equals("auth-token"))
                    .forEach(line -> tokens.put(line.account().orElseThrow().value(), line.status()));

            assertThat(tokens)
                    .containsOnly(Map.entry(setup.twilio().accountSid(), Status.OK), Map.entry(other, Status.WRONG));
            assertThat(report.toString())
                    .contains("WRONG auth-token (" + other
                            + "): Twilio rejects hangupby.accounts.sales.auth-token for account " + other)
                    .contains("Set hangupby.accounts.sales.account-sid and hangupby.accounts.sales.auth-token to those")
                    .doesNotContain("canary");
        }
    }

    @Test
    void the_limit_that_twilio_reports_is_shown() {
        try (CheckedSetup setup = new CheckedSetup(UnaryOperator.identity())) {
            setup.twilio().setup().taskRateLimit(30);

            assertThat(setup.line("update-limit").seen())
                    .contains("a limit of 30 requests", "at most 20 tasks per second");
        }
    }

    private static void callback(CheckedSetup setup, String url) {
        setup.twilio().setup().eventCallbackUrl(url);
    }

    private static void observed(CheckedSetup setup, String url) {
        setup.hangUpBy().webhook().observesAt(url);
        callback(setup, url);
    }

    static String without(String beginning) {
        return Arrays.stream(NEEDED.split(","))
                .filter(event -> !event.startsWith(beginning))
                .collect(Collectors.joining(","));
    }

    private static WrongSetup blocked(String what, int status, String body) {
        return wrong(
                        what,
                        setup -> setup.way((exchange, on) -> {
                            exchange.getResponseHeaders().set("Location", "https://login.example.com/in?to=here");
                            CheckedSetup.respond(exchange, status, body);
                        }))
                .at("public-url", Status.WRONG);
    }
}
