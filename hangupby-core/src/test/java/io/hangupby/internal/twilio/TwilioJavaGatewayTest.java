package io.hangupby.internal.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Participant;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.event.EventReader;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.rest.ApiOperation;
import io.hangupby.simulator.rest.Fault;
import io.hangupby.twilio.TwilioFailure;
import io.hangupby.twilio.TwilioFailure.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract by real HTTP, through twilio-java, and what only the real client can get wrong. */
class TwilioJavaGatewayTest extends TwilioGatewayKit {
    static final String TOKEN = TwilioSimulator.DEFAULT_AUTH_TOKEN;
    static final EventReader EVENTS = new EventReader(Set.of("voice"));
    static final TwilioClock CLOCK = TwilioClock.of(Clock.systemUTC());

    private final TwilioSimulator simulator =
            TwilioSimulator.builder().clock(clock).checkCredentials().start();
    private final TwilioGateway twilio = gateway(simulator.baseUrl());
    private final Agent alice = simulator.browserAgent("Alice");
    private final Map<TaskRef, SimulatedCall> calls = new HashMap<>();

    private TwilioGateway gateway(URI baseUrl) {
        return gateway(baseUrl, 4);
    }

    TwilioGateway gateway(URI baseUrl, int connections) {
        return new TwilioJavaGateway(
                ACCOUNT, ACCOUNT.value(), TOKEN, connections, TwilioHosts.at(baseUrl), EVENTS, CLOCK);
    }

    /** Where the simulated Twilio is. */
    URI baseUrl() {
        return simulator.baseUrl();
    }

    @AfterEach
    void close() {
        twilio.close();
        simulator.close();
    }

    /** The requests that there are, each as one call. */
    enum Ask {
        CONFERENCE(ApiOperation.CONFERENCE, "read of conference CF"),
        PARTICIPANTS(ApiOperation.PARTICIPANTS, "read of the participants of conference CF"),
        CALL(ApiOperation.CALL, "read of call CA"),
        TASK(ApiOperation.TASK_READ, "read of task WT"),
        UPDATE(ApiOperation.TASK_WRITE, "update of task WT"),
        EVENTS(ApiOperation.EVENTS, "read of the events of task WT");

        private final ApiOperation kind;
        private final String name;

        Ask(ApiOperation kind, String name) {
            this.kind = kind;
            this.name = name;
        }

        void of(TwilioGateway twilio, Talk talk) {
            switch (this) {
                case CONFERENCE -> twilio.conference(talk.conference());
                case PARTICIPANTS -> twilio.participants(talk.conference());
                case CALL -> twilio.call(talk.customer());
                case TASK -> twilio.task(talk.task());
                case UPDATE -> twilio.updateTask(talk.task(), TaskAttributes.of("{\"from\":\"+15550100\"}"), "\"0\"");
                case EVENTS -> twilio.events(talk.task());
            }
        }
    }

    private static TwilioFailure failure(Ask ask, TwilioGateway twilio, Talk talk) {
        TwilioFailure failure = catchThrowableOfType(TwilioFailure.class, () -> ask.of(twilio, talk));
        assertThat(failure).isNotNull();
        return failure;
    }

    /** Everything that a failure could show, in a log or in a response. */
    private static String shown(TwilioFailure failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.append(failure.toString())
                .append(failure.request())
                .append(failure.problem())
                .toString();
    }

    @Nested
    class AFailureOfTwilios {

        @ParameterizedTest
        @EnumSource
        void sends_each_request_once(Ask ask) {
            Talk talk = talk();
            simulator.counters().reset();
            simulator.faults().next(3, ask.kind, Fault.serverError());

            TwilioFailure failure = failure(ask, twilio, talk);

            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(simulator.counters().byOperation()).isEqualTo(Map.of(ask.kind, 1));
            assertThat(failure.getMessage())
                    .startsWith(ask.name)
                    .endsWith(" failed: HTTP 500, Twilio error 20500; worth another try");
        }

        @ParameterizedTest
        @EnumSource
        void is_a_response_that_never_comes_for_each_request(Ask ask) {
            Talk talk = talk();
            simulator.counters().reset();
            simulator.faults().next(3, ask.kind, Fault.reset());

            TwilioFailure failure = failure(ask, twilio, talk);

            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(simulator.counters().byOperation()).isEqualTo(Map.of(ask.kind, 1));
            assertThat(failure.getMessage())
                    .startsWith(ask.name)
                    .contains(" failed: no response from 127.0.0.1:"
                            + simulator.baseUrl().getPort() + ", ");
        }

        @Test
        void shows_only_the_host_of_an_address() {
            try (TwilioGateway nobody = gateway(URI.create("http://me:canary@127.0.0.1:1/path"), 1)) {
                assertThat(failure(Ask.TASK, nobody, talk()).problem()).startsWith("no response from 127.0.0.1:1, ");
            }
        }

        @ParameterizedTest
        @EnumSource
        void shows_no_secret_no_attribute_and_no_number(Ask ask) {
            Talk talk = talk();
            for (Fault fault : List.of(
                    Fault.serverError(),
                    Fault.unavailable(),
                    Fault.tooManyRequests(Duration.ofSeconds(1)),
                    Fault.html(),
                    Fault.truncated(),
                    Fault.reset())) {
                simulator.faults().next(ask.kind, fault);

                assertThat(shown(failure(ask, twilio, talk)))
                        .contains(
                                ask == Ask.UPDATE || ask == Ask.TASK
                                        ? talk.task().toString()
                                        : ask.name)
                        .doesNotContain(
                                TOKEN,
                                Base64.getEncoder().encodeToString((ACCOUNT + ":" + TOKEN).getBytes(UTF_8)),
                                "+15550100",
                                "client:alice",
                                "hang_up_by",
                                "<html");
            }
        }

        @Test
        void can_say_how_long_to_wait() {
            Talk talk = talk();
            simulator.counters().reset();
            simulator.faults().next(ApiOperation.TASK_WRITE, Fault.tooManyRequests(Duration.ofSeconds(7)));

            TwilioFailure failure = failure(Ask.UPDATE, twilio, talk);

            assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
            assertThat(failure.isRetryable()).isTrue();
            assertThat(failure.mayHaveBeenApplied()).isFalse();
            assertThat(failure.getMessage())
                    .isEqualTo("update of task " + talk.task()
                            + " failed: HTTP 429, Twilio error 20429; worth another try");
            assertThat(simulator.counters().total()).isEqualTo(1);
        }

        @Test
        void can_be_that_it_is_unavailable() {
            Talk talk = talk();
            simulator.counters().reset();
            simulator.faults().next(ApiOperation.TASK_WRITE, Fault.unavailable());

            TwilioFailure failure = failure(Ask.UPDATE, twilio, talk);

            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure.isRetryable()).isTrue();
            assertThat(failure.mayHaveBeenApplied()).isTrue();
            assertThat(failure.retryAfter()).isEmpty();
            assertThat(simulator.counters().total()).isEqualTo(1);
        }

        @Test
        void can_be_a_page_of_html() {
            Talk talk = talk();
            simulator.counters().reset();
            simulator.faults().next(ApiOperation.TASK_READ, Fault.html());

            TwilioFailure failure = failure(Ask.TASK, twilio, talk);

            assertThat(failure.kind()).isEqualTo(Kind.INVALID_RESPONSE);
            assertThat(failure.isRetryable()).isTrue();
            assertThat(failure.mayHaveBeenApplied()).isTrue();
            assertThat(failure.getMessage())
                    .isEqualTo("read of task " + talk.task()
                            + " failed: a response that is not Twilio's; worth another try");
            assertThat(simulator.counters().total()).isEqualTo(1);
        }

        @Test
        void can_be_a_response_that_breaks_off() {
            Talk talk = talk();
            simulator.faults().next(ApiOperation.TASK_WRITE, Fault.truncated());

            TwilioFailure failure = failure(Ask.UPDATE, twilio, talk);

            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure.mayHaveBeenApplied()).isTrue();
        }

        @Test
        void can_be_that_the_update_was_applied_all_the_same() {
            Talk talk = talk();
            String etag = etag(talk.task());
            simulator.faults().next(ApiOperation.TASK_WRITE, Fault.appliedThenReset());

            TwilioFailure failure = catchThrowableOfType(
                    TwilioFailure.class, () -> twilio.updateTask(talk.task(), TaskAttributes.of("{\"a\":1}"), etag));

            assertThat(failure.mayHaveBeenApplied()).isTrue();
            assertThat(read(talk.task())).isEqualTo("{\"a\":1}");
            assertThat(simulator.counters().of(ApiOperation.TASK_WRITE)).isEqualTo(1);
        }

        @Test
        void is_no_response_within_seconds() {
            Talk talk = talk();
            simulator.counters().reset();
            simulator.faults().next(ApiOperation.CALL, Fault.slow(Duration.ofSeconds(30)));
            long begun = System.nanoTime();

            TwilioFailure failure = failure(Ask.CALL, twilio, talk);

            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(9));
            assertThat(simulator.counters().total()).isEqualTo(1);
        }

        @Test
        void is_that_nobody_is_there() throws IOException {
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            try (TwilioGateway nowhere = gateway(URI.create("http://127.0.0.1:" + port))) {
                TwilioFailure failure = failure(Ask.TASK, nowhere, talk());

                assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
                assertThat(failure.isRetryable()).isTrue();
            }
        }
    }

    @Nested
    class Credentials {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                %1$s | check hangupby.auth-token for account %1$s
                SK0  | check hangupby.api-key and hangupby.api-secret, and what that key is allowed, for account %1$s
                """)
        void that_are_wrong_are_named_by_the_settings_that_they_come_from(String user, String advice) {
            Talk talk = talk();
            try (TwilioGateway stranger = new TwilioJavaGateway(
                    ACCOUNT,
                    user.formatted(ACCOUNT),
                    "a-wrong-token",
                    1,
                    TwilioHosts.at(simulator.baseUrl()),
                    EVENTS,
                    CLOCK)) {
                simulator.counters().reset();

                TwilioFailure failure = failure(Ask.TASK, stranger, talk);

                assertThat(failure.kind()).isEqualTo(Kind.UNAUTHORIZED);
                assertThat(failure.getMessage())
                        .isEqualTo("read of task " + talk.task() + " failed: HTTP 401, Twilio error 20003; "
                                + advice.formatted(ACCOUNT) + "; tried again until that is mended");
                assertThat(shown(failure)).doesNotContain("a-wrong-token");
                assertThat(simulator.counters().total()).isEqualTo(1);
            }
        }

        @Test
        void can_be_an_api_key_while_the_account_stays_the_same() {
            String key = "SK" + "d".repeat(32);
            try (TwilioSimulator keyed =
                            TwilioSimulator.builder().apiKey(key, "the-secret").start();
                    TwilioGateway byKey = new TwilioJavaGateway(
                            ACCOUNT, key, "the-secret", 1, TwilioHosts.at(keyed.baseUrl()), EVENTS, CLOCK)) {
                SimulatedCall call = keyed.inboundCall();

                assertThat(byKey.call(new CallSid(call.customerCallSid().orElseThrow())))
                        .isPresent();
            }
        }
    }

    @Nested
    class TheHosts {

        @Test
        void are_those_of_a_region_and_an_edge() {
            List<String> asked = new CopyOnWriteArrayList<>();
            ProxySelector before = ProxySelector.getDefault();
            ProxySelector.setDefault(new ProxySelector() {
                @Override
                public List<Proxy> select(URI address) {
                    asked.add(address.getHost());
                    return List.of(
                            new Proxy(Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)));
                }

                @Override
                public void connectFailed(URI address, SocketAddress proxy, IOException failure) {}
            });
            TwilioHosts hosts = new TwilioHosts(Optional.of("ie1"), Optional.of("dublin"), Optional.empty());
            try (TwilioGateway abroad =
                    new TwilioJavaGateway(ACCOUNT, ACCOUNT.value(), TOKEN, 1, hosts, EVENTS, CLOCK)) {
                assertThat(failure(Ask.TASK, abroad, talk()).kind()).isEqualTo(Kind.UNREACHABLE);
            } finally {
                ProxySelector.setDefault(before);
            }

            assertThat(asked).first().isEqualTo("taskrouter.dublin.ie1.twilio.com");
        }
    }

    @Nested
    class TheBaseUrl {

        @Test
        void can_end_in_a_slash() {
            Talk talk = talk();
            try (TwilioGateway slashed = gateway(URI.create(simulator.baseUrl() + "/"))) {
                assertThat(slashed.task(talk.task())).isPresent();
            }
        }
    }

    @Nested
    class MoreEventsThanFitOnAPage {

        @Test
        void are_read_page_by_page() {
            Talk talk = talk();
            SimulatedCall call = call(talk.task());
            for (int i = 0; i < 120; i++) {
                call.task().edit("\"" + i + "\"", "note");
            }
            customerHangsUp(talk);
            simulator.counters().reset();

            assertThat(twilio.events(talk.task())).hasSize(5);
            assertThat(simulator.counters().byOperation()).isEqualTo(Map.of(ApiOperation.EVENTS, 2));
        }
    }

    /** A server that sends any response a test wants, which Twilio would not. */
    @Nested
    class AStrangeResponse {
        private final Talk talk = new Talk(
                new TaskRef(ACCOUNT, WORKSPACE, new TaskSid("WT" + "1".repeat(32))),
                new ReservationSid("WR" + "1".repeat(32)),
                new ConferenceSid("CF" + "1".repeat(32)),
                new CallSid("CA" + "1".repeat(32)),
                new CallSid("CA" + "2".repeat(32)));
        private final List<String> requests = new ArrayList<>();
        private Consumer<HttpExchange> response = exchange -> respond(exchange, 200, "{}");
        private final HttpServer server = server();
        private final TwilioGateway strange =
                gateway(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/proxy"));

        private HttpServer server() {
            try {
                HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                started.createContext("/", exchange -> {
                    requests.add(exchange.getRequestMethod() + " "
                            + exchange.getRequestURI().getPath());
                    response.accept(exchange);
                });
                started.start();
                return started;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @AfterEach
        void stop() {
            strange.close();
            server.stop(0);
        }

        private void responds(int status, String body) {
            response = exchange -> respond(exchange, status, body);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "null", "[]", "\"text\"", "{", "{\"sid\":", "<html><body>Proxy</body></html>"})
        void is_an_invalid_response_to_each_request(String body) {
            responds(200, body);

            for (Ask ask : Ask.values()) {
                requests.clear();
                TwilioFailure failure = failure(ask, strange, talk);

                assertThat(failure.kind()).as("%s", ask).isEqualTo(Kind.INVALID_RESPONSE);
                assertThat(failure.getMessage()).startsWith(ask.name);
                assertThat(requests).hasSize(1);
            }
        }

        @ParameterizedTest
        @EnumSource(names = {"PARTICIPANTS", "EVENTS"})
        void is_no_list_if_it_has_none(Ask ask) {
            responds(200, "{}");

            assertThat(failure(ask, strange, talk).kind()).isEqualTo(Kind.INVALID_RESPONSE);
        }

        @Test
        void is_no_task_if_it_has_no_etag() {
            responds(200, "{\"attributes\":\"{}\",\"assignment_status\":\"wrapping\"}");

            assertThat(failure(Ask.TASK, strange, talk).getMessage())
                    .isEqualTo(
                            "read of task " + talk.task() + " failed: a response without an ETag; worth another try");
        }

        @Test
        void is_no_task_if_it_has_no_attributes() {
            response = exchange -> {
                exchange.getResponseHeaders().set("ETag", "\"1\"");
                respond(exchange, 200, "{\"assignment_status\":\"wrapping\"}");
            };

            assertThat(failure(Ask.TASK, strange, talk).getMessage())
                    .isEqualTo("read of task " + talk.task()
                            + " failed: a response without attributes; worth another try");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"7\"", "W/\"7\"", "7"})
        void can_have_an_etag_of_any_spelling_that_is_sent_back_unchanged(String etag) {
            List<String> sentBack = new ArrayList<>();
            response = exchange -> {
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("If-Match"))
                        .ifPresent(sentBack::add);
                exchange.getResponseHeaders().set("etag", etag);
                respond(exchange, 200, "{\"attributes\":\"{}\",\"assignment_status\":\"transferring\"}");
            };

            TaskSnapshot task = strange.task(talk.task()).orElseThrow();
            strange.updateTask(talk.task(), TaskAttributes.of("{}"), task.etag());

            assertThat(task.over()).isFalse();
            assertThat(sentBack).containsExactly(etag);
        }

        @Test
        void can_name_a_status_and_a_reason_that_are_new_to_us() {
            responds(
                    200,
                    "{\"sid\":\"%s\",\"status\":\"paused\",\"reason_conference_ended\":\"by-magic\",\"call_sid_ending_conference\":\"?\"}"
                            .formatted(talk.conference()));

            assertThat(strange.conference(talk.conference()))
                    .contains(new Conference(
                            talk.conference(),
                            Conference.Status.OTHER,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));
        }

        @Test
        void can_name_a_calls_status_that_is_new_to_us() {
            responds(200, "{\"sid\":\"%s\",\"status\":\"teleported\"}".formatted(talk.customer()));

            assertThat(strange.call(talk.customer()))
                    .contains(new Call(talk.customer(), Call.Status.OTHER, Optional.empty(), Optional.empty()));
        }

        @Test
        void can_name_a_legs_status_that_is_new_to_us() {
            responds(200, """
                    {"participants":[{"call_sid":"%s","status":"dreaming"},{"call_sid":null,"status":"connected"}],\
                    "page":0,"page_size":50}""".formatted(talk.customer()));

            assertThat(strange.participants(talk.conference()))
                    .contains(List.of(new Participant(talk.customer(), false, true)));
        }

        @ParameterizedTest
        @CsvSource({
            "400, 20001, BAD_REQUEST, false",
            "409, 20409, BAD_REQUEST, false",
            "429, 20429, THROTTLED, true",
            "500, 20500, UNAVAILABLE, true",
            "502, 0, UNAVAILABLE, true",
            "504, 0, UNAVAILABLE, true"
        })
        void has_a_status_that_decides_whether_a_retry_makes_sense(int status, int code, Kind kind, boolean again) {
            responds(
                    status, code == 0 ? "<html>bad gateway</html>" : "{\"code\":%d,\"message\":\"x\"}".formatted(code));

            TwilioFailure failure = failure(Ask.UPDATE, strange, talk);

            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.isRetryable()).isEqualTo(again);
            assertThat(failure.getMessage())
                    .isEqualTo("update of task %s failed: HTTP %d%s; %s"
                            .formatted(
                                    talk.task(),
                                    status,
                                    code == 0 ? "" : ", Twilio error " + code,
                                    again ? "worth another try" : "not tried again"));
            assertThat(requests).hasSize(1);
        }

        @ParameterizedTest
        @CsvSource({"401, 20003", "403, 20003", "403, 0"})
        void can_be_about_the_credentials_and_not_about_the_request(int status, int code) {
            responds(status, code == 0 ? "Forbidden" : "{\"code\":%d}".formatted(code));

            TwilioFailure failure = failure(Ask.TASK, strange, talk);

            assertThat(failure.kind()).isEqualTo(Kind.UNAUTHORIZED);
            assertThat(failure.isRetryable()).isTrue();
            assertThat(failure.mayHaveBeenApplied()).isFalse();
        }

        @Test
        void that_knows_no_list_is_none() {
            responds(404, "{\"code\":20404}");

            for (Runnable list :
                    List.<Runnable>of(() -> strange.events(talk.task()), () -> strange.children(talk.customer()))) {
                TwilioFailure failure = catchThrowableOfType(TwilioFailure.class, list::run);

                assertThat(failure).isNotNull();
                assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
                assertThat(failure.isRetryable()).isTrue();
                assertThat(failure.mayHaveBeenApplied()).isFalse();
            }
        }

        @ParameterizedTest
        @CsvSource({"404, 20404, Gone", "412, 20412, ChangedMeanwhile", "412, 0, ChangedMeanwhile"})
        void is_a_result_of_an_update(int status, int code, String update) {
            responds(status, "{\"code\":%d}".formatted(code));

            assertThat(strange.updateTask(talk.task(), TaskAttributes.of("{}"), "\"1\"").getClass().getSimpleName())
                    .isEqualTo(update);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Wed, 21 Oct 2026 07:28:00 GMT", "", "-1", "1.5", "1234567"})
        void can_have_a_retry_after_that_cannot_be_read(String retryAfter) {
            response = exchange -> {
                exchange.getResponseHeaders().set("Retry-After", retryAfter);
                respond(exchange, 429, "{}");
            };

            assertThat(failure(Ask.TASK, strange, talk).retryAfter()).isEmpty();
        }

        @Test
        void is_not_a_redirection_that_is_followed() {
            response = exchange -> {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
                respond(exchange, 302, "<html>moved</html>");
            };

            assertThat(failure(Ask.UPDATE, strange, talk).kind()).isEqualTo(Kind.INVALID_RESPONSE);
            assertThat(requests).hasSize(1);
        }

        @Test
        void comes_from_below_the_path_of_the_base_url() {
            responds(500, "{\"code\":20500}");
            for (Ask ask : Ask.values()) {
                assertThat(failure(ask, strange, talk).kind()).isEqualTo(Kind.UNAVAILABLE);
            }

            assertThat(requests)
                    .containsExactly(
                            "GET /proxy/2010-04-01/Accounts/%s/Conferences/%s.json"
                                    .formatted(ACCOUNT, talk.conference()),
                            "GET /proxy/2010-04-01/Accounts/%s/Conferences/%s/Participants.json"
                                    .formatted(ACCOUNT, talk.conference()),
                            "GET /proxy/2010-04-01/Accounts/%s/Calls/%s.json".formatted(ACCOUNT, talk.customer()),
                            "GET /proxy/v1/Workspaces/%s/Tasks/%s".formatted(WORKSPACE, talk.task()),
                            "POST /proxy/v1/Workspaces/%s/Tasks/%s".formatted(WORKSPACE, talk.task()),
                            "GET /proxy/v1/Workspaces/%s/Events".formatted(WORKSPACE));
        }
    }

    @Nested
    class ThePool {
        private static final int CONNECTIONS = 2;

        private final AtomicInteger underWay = new AtomicInteger();
        private final AtomicInteger atMost = new AtomicInteger();
        private final CountDownLatch full = new CountDownLatch(CONNECTIONS);
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private Optional<HttpServer> server = Optional.empty();

        @BeforeEach
        void start() throws IOException {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            started.setExecutor(threads);
            started.createContext("/", exchange -> {
                atMost.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                full.countDown();
                await(full);
                underWay.decrementAndGet();
                respond(exchange, 404, "{}");
            });
            started.start();
            server = Optional.of(started);
        }

        @AfterEach
        void stop() {
            server.ifPresent(started -> started.stop(0));
            threads.shutdownNow();
        }

        @Test
        void lets_as_many_requests_be_under_way_as_it_has_connections() throws Exception {
            int port = server.orElseThrow().getAddress().getPort();
            try (TwilioGateway pooled = gateway(URI.create("http://127.0.0.1:" + port), CONNECTIONS)) {
                List<Future<Optional<Call>>> responses = new ArrayList<>();
                for (int i = 0; i < 4 * CONNECTIONS; i++) {
                    responses.add(threads.submit(() -> pooled.call(NO_CALL)));
                }
                for (Future<Optional<Call>> each : responses) {
                    assertThat(each.get(10, TimeUnit.SECONDS)).isEmpty();
                }
            }

            assertThat(atMost).hasValue(CONNECTIONS);
        }

        private static void await(CountDownLatch latch) {
            try {
                if (!latch.await(4, TimeUnit.SECONDS)) {
                    throw new AssertionError("the pool let too few requests through");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Nested
    class OnceClosed {

        @Test
        void it_asks_nothing_and_says_so() {
            Talk talk = talk();
            twilio.close();
            simulator.counters().reset();

            TwilioFailure failure = failure(Ask.TASK, twilio, talk);

            assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
            assertThat(simulator.counters().total()).isZero();
        }
    }

    private static void respond(HttpExchange exchange, int status, String body) {
        try (exchange) {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    // ---- the stage of the kit

    @Override
    TwilioGateway gateway() {
        return twilio;
    }

    @Override
    Talk talk() {
        return begun(simulator.inboundCall().accepts(alice));
    }

    @Override
    Talk ringing() {
        return begun(simulator.outboundCall(alice));
    }

    private Talk begun(SimulatedCall call) {
        TaskRef task = new TaskRef(ACCOUNT, WORKSPACE, new TaskSid(call.taskSid()));
        calls.put(task, call);
        return new Talk(
                task,
                new ReservationSid(call.reservationSid(alice)),
                new ConferenceSid(call.conferenceSid().orElseThrow()),
                new CallSid(call.customerCallSid().orElseThrow()),
                new CallSid(TaskAttributes.of(call.task().attributes())
                        .string("conference", "participants", "worker")
                        .orElseThrow()));
    }

    private SimulatedCall call(TaskRef task) {
        return Optional.ofNullable(calls.get(task)).orElseThrow();
    }

    @Override
    void customerHangsUp(Talk talk) {
        call(talk.task()).customerHangsUp();
    }

    @Override
    void customerDoesNotAnswer(Talk talk) {
        call(talk.task()).customerDoesNotPickUp();
    }

    @Override
    void agentCompletes(Talk talk) {
        call(talk.task()).completes(alice);
    }

    @Override
    void edit(TaskRef task, String attributes) {
        call(task).task().edit(was -> attributes);
    }

    @Override
    void delete(TaskRef task) {
        call(task).task().delete();
    }
}
