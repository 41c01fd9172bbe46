package io.hangupby;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hangupby.check.CheckReport;
import io.hangupby.check.CheckReport.Line;
import io.hangupby.simulator.CallOptions;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.testing.HandClock;
import io.hangupby.webhook.WebhookRequest;
import io.hangupby.webhook.WebhookResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A simulated Twilio and a hangupby behind a real HTTP server, set up right. A test makes something wrong, and checks. */
final class CheckedSetup implements AutoCloseable {
    static final String API_KEY = "SK" + "c".repeat(32);
    static final String API_SECRET = "canary-secret-of-the-key";

    private final TwilioSimulator twilio;
    private final HttpServer server;
    private final HangUpBy hangUpBy;
    private Way way = Way.OPEN;

    CheckedSetup(UnaryOperator<HangUpByBuilder> settings) {
        this(Clock.systemUTC(), settings);
    }

    CheckedSetup(Clock atTwilio, UnaryOperator<HangUpByBuilder> settings) {
        twilio = TwilioSimulator.builder()
                .clock(atTwilio)
                .apiKey(API_KEY, API_SECRET)
                .start();
        server = listening();
        twilio.setup().eventCallbackUrl(mount() + "/taskrouter#rc=3&rp=ct,rt,5xx");
        hangUpBy = settings.apply(HangUpBy.builder()
                        .accountSid(twilio.accountSid())
                        .authToken(twilio.authToken())
                        .apiKey(API_KEY)
                        .apiSecret(API_SECRET)
                        .workspaceSid(twilio.workspaceSid())
                        .publicUrl(mount())
                        .twilio(api -> api.baseUrl(twilio.baseUrl()))
                        .shutdownTimeout(Duration.ofMillis(1)))
                .build();
    }

    private HttpServer listening() {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            started.setExecutor(Executors.newCachedThreadPool());
            started.createContext("/hangupby", exchange -> {
                try (exchange) {
                    way.take(exchange, this);
                }
            });
            started.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String mount() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hangupby";
    }

    TwilioSimulator twilio() {
        return twilio;
    }

    HangUpBy hangUpBy() {
        return hangUpBy;
    }

    /** Puts something between Twilio and hangupby. */
    void way(Way other) {
        way = other;
    }

    CheckReport check() {
        return hangUpBy.check();
    }

    Line line(String check) {
        return line(check(), check);
    }

    static Line line(CheckReport report, String check) {
        return report.lines().stream()
                .filter(line -> line.check().equals(check))
                .findFirst()
                .orElseThrow();
    }

    /** Plays calls that the agent ends by a click or by a crash, and completes each after a time in wrap-up. */
    void completedCalls(int number, CallOptions options, boolean clicks, HandClock clock, Duration wrapUp) {
        Agent ada = twilio.browserAgent("Ada");
        for (int i = 0; i < number; i++) {
            SimulatedCall call = twilio.inboundCall(options).accepts(ada);
            clock.step(Duration.ofSeconds(20));
            SimulatedCall ended = clicks ? call.agentClicksHangUp(ada) : call.agentCrashes(ada);
            clock.step(wrapUp);
            ended.completes(ada);
        }
    }

    @Override
    public void close() {
        hangUpBy.close();
        server.stop(0);
        twilio.close();
    }

    /** What a request meets between Twilio and hangupby. */
    interface Way {
        Way OPEN = (exchange, setup) -> setup.pass(exchange, exchange.getRequestBody(), setup.hangUpBy);

        void take(HttpExchange exchange, CheckedSetup setup) throws IOException;
    }

    /** Responds as something that is not hangupby. */
    static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Delivers a request, and keeps the response. */
    WebhookResponse deliver(HttpExchange exchange, byte[] body) throws IOException {
        return hangUpBy.webhook().handle(new Passed(exchange, body, ""));
    }

    /** Passes a request on to a hangupby. */
    void pass(HttpExchange exchange, InputStream body, HangUpBy to) throws IOException {
        byte[] bytes = body.readAllBytes();
        respond(to.webhook().handle(new Passed(exchange, bytes, "")), exchange);
    }

    private static void respond(WebhookResponse response, HttpExchange exchange) throws IOException {
        byte[] text = response.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", WebhookResponse.CONTENT_TYPE);
        exchange.sendResponseHeaders(response.status(), text.length == 0 ? -1 : text.length);
        exchange.getResponseBody().write(text);
    }

    /** Passes a request on without a header. */
    void passWithout(String header, HttpExchange exchange) throws IOException {
        respond(
                hangUpBy.webhook()
                        .handle(new Passed(exchange, exchange.getRequestBody().readAllBytes(), header)),
                exchange);
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Passed(HttpExchange exchange, byte[] bytes, String removed) implements WebhookRequest {
        @Override
        public String method() {
            return exchange.getRequestMethod();
        }

        @Override
        public String endpoint() {
            return exchange.getRequestURI().getPath().substring("/hangupby".length());
        }

        @Override
        public String url() {
            return "http://" + exchange.getRequestHeaders().getFirst("Host")
                    + exchange.getRequestURI().getPath();
        }

        @Override
        public Optional<String> query() {
            return Optional.ofNullable(exchange.getRequestURI().getRawQuery());
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
                    .filter(value -> !name.equalsIgnoreCase(removed));
        }

        @Override
        public long announcedLength() {
            return bytes.length;
        }

        @Override
        public InputStream body() {
            return new ByteArrayInputStream(bytes);
        }
    }
}
