package io.hangupby.internal.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.event.EventReader;
import io.hangupby.internal.event.TaskVersion;
import io.hangupby.internal.event.TaskVersions;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract by real HTTP, through twilio-java, and what only the real client can get wrong. */
class TwilioJavaGatewayTest extends TwilioGatewayKit {
    static final String TOKEN = TwilioSimulator.DEFAULT_AUTH_TOKEN;
    static final EventReader EVENTS = new EventReader(Set.of("voice"), TaskVersions.OF_EACH_UPDATE);
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

            TwilioFailure failure = ask.failure(twilio, talk);

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

            TwilioFailure failure = ask.failure(twilio, talk);

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
                assertThat(Ask.TASK.failure(nobody, talk()).problem()).startsWith("no response from 127.0.0.1:1, ");
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

                assertThat(shown(ask.failure(twilio, talk)))
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

            TwilioFailure failure = Ask.UPDATE.failure(twilio, talk);

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

            TwilioFailure failure = Ask.UPDATE.failure(twilio, talk);

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

            TwilioFailure failure = Ask.TASK.failure(twilio, talk);

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

            TwilioFailure failure = Ask.UPDATE.failure(twilio, talk);

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

            TwilioFailure failure = Ask.CALL.failure(twilio, talk);

            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(19));
            assertThat(simulator.counters().total()).isEqualTo(1);
        }

        @Test
        void is_that_nobody_is_there() throws IOException {
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            try (TwilioGateway nowhere = gateway(URI.create("http://127.0.0.1:" + port))) {
                TwilioFailure failure = Ask.TASK.failure(nowhere, talk());

                assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
                assertThat(failure.isRetryable()).isTrue();
            }
        }
    }

    @Nested
    class Credentials {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                %1$s | check the setting auth-token for account %1$s
                SK0  | check the settings api-key and api-secret, and what that key is allowed, for account %1$s
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

                TwilioFailure failure = Ask.TASK.failure(stranger, talk);

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
                assertThat(Ask.TASK.failure(abroad, talk()).kind()).isEqualTo(Kind.UNREACHABLE);
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

            RecordedEvents recorded = twilio.events(talk.task());

            assertThat(recorded.events()).hasSize(5);
            assertThat(recorded.updates())
                    .extracting(TaskVersion::attributes)
                    .as("the updates, and that of TaskRouter when the agent accepts")
                    .hasSize(121)
                    .anyMatch(attributes -> attributes.contains("\"note\":\"119\""));
            assertThat(simulator.counters().byOperation()).isEqualTo(Map.of(ApiOperation.EVENTS, 2));
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
                StrangeResponsesTest.respond(exchange, 404, "{}");
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

            TwilioFailure failure = Ask.TASK.failure(twilio, talk);

            assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
            assertThat(simulator.counters().total()).isZero();
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
