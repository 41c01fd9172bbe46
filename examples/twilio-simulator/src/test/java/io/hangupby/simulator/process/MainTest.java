package io.hangupby.simulator.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.scenarios.CallScenarios;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulator as a process, against an application that takes every end for the customer's. */
class MainTest {

    private static final Pattern ENDED =
            Pattern.compile("(?s)(?=.*EventType=reservation\\.wrapup).*\\bTaskSid=(WT\\w{32}).*");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer application;
    private final CountDownLatch waiting = new CountDownLatch(1);
    private int apiPort;
    private Optional<String> value = Optional.of("customer");

    @BeforeEach
    void start() throws IOException {
        application = application(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            apiPort = free.getLocalPort();
        }
    }

    @AfterEach
    void stop() {
        application.stop(0);
    }

    @Test
    void right_values_end_with_0_and_a_line_for_each_call() throws Exception {
        assertThat(run("--play", "customer", "--calls", "2", "--rate", "10")).isZero();
        assertThat(printed())
                .contains(
                        "hangupby.account-sid=" + TwilioSimulator.DEFAULT_ACCOUNT_SID,
                        "hangupby.public-url=https://hooks.example.com/hangupby",
                        "hangupby.twilio.base-url=http://127.0.0.1:" + apiPort)
                .containsPattern("customer-hangs-up +WT\\w{32} +customer +customer +right")
                .contains("calls: 2, right: 2, wrong: 0");
    }

    @Test
    void a_wrong_value_ends_with_1_and_says_what_was_sent_and_requested() throws Exception {
        assertThat(run("--play", "crash", "--calls", "1")).isEqualTo(1);
        assertThat(printed())
                .containsPattern("agent-crashes +WT\\w{32} +disconnect +customer +WRONG")
                .contains("reservation.wrapup: 204", "requests about the task: TASK_WRITE 200")
                .contains("calls: 1, right: 0, wrong: 1");
    }

    @Test
    void an_agent_who_completes_before_the_value_is_named() throws Exception {
        value = Optional.empty();
        assertThat(run("--play", "crash", "--calls", "1", "--wrap-up", "1")).isEqualTo(1);
        assertThat(printed())
                .containsPattern("agent-crashes +WT\\w{32} +disconnect +- +WRONG")
                .containsPattern(
                        "The agent completed [1-9]\\.\\d s after the wrap-up, before a value was written\\. .* --wrap-up");
    }

    @Test
    void an_application_that_expects_no_plugin_is_named() throws Exception {
        value = Optional.of("agent");
        assertThat(run("--play", "crash", "--calls", "1")).isEqualTo(1);
        assertThat(printed())
                .contains("set hangupby.agent-marker=plugin, or play agent-drops-without-plugin")
                .doesNotContain("before a value was written");
    }

    @Test
    void a_handler_receives_the_events_at_its_own_address() throws Exception {
        String handler = "http://127.0.0.1:" + application.getAddress().getPort() + "/app/callbacks";
        assertThat(run("--callback", handler, "--handler", "--play", "customer", "--calls", "1"))
                .isZero();
        assertThat(printed())
                .contains("hangupby.filter.public-url=https://hooks.example.com/hangupby")
                .contains("calls: 1, right: 1, wrong: 0");
    }

    @Test
    void no_call_begins_before_the_application_responds() throws Exception {
        InetSocketAddress address = application.getAddress();
        application.stop(0);
        ServerSocket accepting = new ServerSocket(address.getPort(), 50, address.getAddress());
        FutureTask<Integer> exit = new FutureTask<>(() -> run("--play", "customer", "--calls", "1"));
        new Thread(exit).start();
        try (accepting) {
            assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
        }
        application = application(address);
        assertThat(exit.get(60, TimeUnit.SECONDS)).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--play nobody | there is no call nobody; --list names all of them",
                "--play abandoned-in-queue,,customer | there is no call ;",
                "--rate 0 | --rate needs a number above 0",
                "--wrap-up 10s | --wrap-up needs a whole number from 0 to 3600, not 10s",
                "--calls many | --calls needs a whole number",
                "--port 70000 | --port needs a whole number from 0 to 65535, not 70000",
                "--public-url hooks.example.com | --public-url needs an address such as",
                "--public-url https://hooks.example.com/a?b=c | --public-url needs an address such as",
                "--account-sid AC1 | --account-sid needs AC and 32 hexadecimal digits",
                "--seed | --seed needs a value",
                "--handler --event-streams | --handler receives TaskRouter's callbacks only. Leave out --event-streams",
                "--colour red | There is no option --colour",
            })
    void a_wrong_option_is_named(String options, String message) throws Exception {
        assertThat(run(options.split(" "))).isEqualTo(2);
        assertThat(complaint()).contains(message, "--help shows all options");
    }

    @Test
    void the_callback_is_required() throws Exception {
        assertThat(Main.run(List.of("--rate", "1"), new PrintStream(out), new PrintStream(err)))
                .isEqualTo(2);
        assertThat(complaint()).contains("--callback is missing");
    }

    @Test
    void a_taken_port_is_named() throws Exception {
        try (ServerSocket taken = new ServerSocket(apiPort, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("--calls", "1")).isEqualTo(2);
            assertThat(complaint()).contains("could not start the simulator on port " + taken.getLocalPort());
        }
    }

    @Test
    void the_help_shows_the_options() throws Exception {
        assertThat(run("--help")).isZero();
        assertThat(printed()).contains("--callback", "--public-url", "--play", "--rate", "--wrap-up", "Exit code");
    }

    @Test
    void the_list_has_each_call_and_what_it_needs() throws Exception {
        assertThat(run("--list")).isZero();
        assertThat(printed())
                .contains("transfer  ", "cold-customer, warm-customer")
                .containsPattern("agent-drops-without-plugin .*needs hangupby.agent-marker=none")
                .contains(CallScenarios.all().get(0).description());
    }

    private int run(String... options) throws InterruptedException {
        List<String> all = new ArrayList<>(List.of(
                "--callback",
                "http://127.0.0.1:" + application.getAddress().getPort() + "/app/hangupby",
                "--port",
                Integer.toString(apiPort),
                "--public-url",
                "https://hooks.example.com/hangupby/",
                "--wrap-up",
                "8"));
        all.addAll(List.of(options));
        return Main.run(
                all,
                new PrintStream(out, true, StandardCharsets.UTF_8) {
                    @Override
                    public void println(String line) {
                        super.println(line);
                        if (line.startsWith("Waiting until the application responds at http://127.0.0.1:")) {
                            waiting.countDown();
                        }
                    }
                },
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private HttpServer application(InetSocketAddress address) throws IOException {
        HttpServer server = HttpServer.create(address, 0);
        server.createContext("/app/hangupby/taskrouter", this::receive);
        server.createContext("/app/callbacks", this::receive);
        server.start();
        return server;
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complaint() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = URLDecoder.decode(
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    StandardCharsets.UTF_8);
            Matcher ended = ENDED.matcher(body);
            if (ended.matches() && value.isPresent()) {
                write(ended.group(1), value.get());
            }
            exchange.sendResponseHeaders(204, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(String taskSid, String hangUpBy) throws IOException, InterruptedException {
        String attributes = "{\"conversations\":{\"hang_up_by\":\"" + hangUpBy + "\"}}";
        String credentials = TwilioSimulator.DEFAULT_ACCOUNT_SID + ":" + TwilioSimulator.DEFAULT_AUTH_TOKEN;
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + apiPort + "/v1/Workspaces/"
                        + TwilioSimulator.DEFAULT_WORKSPACE_SID + "/Tasks/" + taskSid))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(
                        "Attributes=" + URLEncoder.encode(attributes, StandardCharsets.UTF_8)))
                .build();
        http.send(request, BodyHandlers.discarding());
    }
}
