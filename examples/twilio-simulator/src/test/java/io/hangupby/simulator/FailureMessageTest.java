package io.hangupby.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import io.hangupby.simulator.account.Agent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A value that does not come: the message says what was sent, how it was responded to, what was requested, and what to do. */
class FailureMessageTest {

    private static final String PUBLIC_URL = "https://backend.example.com/hangupby/taskrouter";

    private final TwilioSimulator twilio = TwilioSimulator.builder().seed(7).start();
    private final Agent agent = twilio.browserAgent("Ann");
    private HttpServer application;

    @BeforeEach
    void start() throws IOException {
        application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.start();
        twilio.callback(
                URI.create("http://127.0.0.1:" + application.getAddress().getPort() + "/hangupby/taskrouter"),
                PUBLIC_URL);
    }

    @AfterEach
    void stop() {
        application.stop(0);
        twilio.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "401 | text/html | <p>Please sign in</p> | reservation.wrapup: 401 text/html <p>Please sign in</p> | The response is not hangupby's: a login",
                "302 | text/html | <p>Moved</p> | reservation.wrapup: 302 text/html to /login | The response is not hangupby's: a login",
                "404 | text/html | <p>Whitelabel</p> | reservation.wrapup: 404 text/html | nothing takes POST requests at /hangupby/taskrouter. See in its log that the application started without an error",
                "403 | application/json | {\"status\":403,\"error\":\"Forbidden\"} | reservation.wrapup: 403 | a CSRF check",
                "403 | application/json | {\"error\":\"wrong signature\"} | reservation.wrapup: 403 | signed with the simulator's auth token for https://backend.example.com/hangupby/taskrouter",
                "503 | application/json | {\"error\":\"the journal failed\"} | the journal failed | hangupby rejected the request",
            })
    void a_response_that_does_not_take_the_event_is_shown_with_its_remedy(
            int status, String contentType, String body, String shown, String remedy) {
        respond(status, contentType, body);
        assertThat(messageOfAnEndedCall()).contains(shown, remedy);
    }

    @Test
    void an_application_that_does_not_listen_is_named() {
        application.stop(0);
        assertThat(messageOfAnEndedCall())
                .contains("reservation.wrapup: no connection", "Nothing listens at http://127.0.0.1");
    }

    @Test
    void an_application_that_requests_nothing_gets_the_address_of_the_simulated_api() {
        respond(204, "application/json", "");
        assertThat(messageOfAnEndedCall())
                .contains(
                        "reservation.wrapup: 204",
                        "requested nothing about the task",
                        "base-url with " + twilio.baseUrl());
    }

    @Test
    void the_requests_about_the_task_are_listed_and_the_explanation_is_named() throws Exception {
        respond(204, "application/json", "");
        SimulatedCall call = endedCall();
        new ApiClient(twilio).get("/v1/Workspaces/" + twilio.workspaceSid() + "/Tasks/" + call.taskSid());
        assertThat(messageOf(call))
                .contains(
                        "requests about the task: TASK_READ 200",
                        "hangUpBy.explain(\"" + twilio.workspaceSid() + "\", \"" + call.taskSid() + "\")");
    }

    @Test
    void wrong_credentials_are_named() throws Exception {
        try (TwilioSimulator strict =
                TwilioSimulator.builder().checkCredentials().start()) {
            String events = "/v1/Workspaces/" + strict.workspaceSid() + "/Events";
            new ApiClient(strict).getAs("AC0", "wrong", events);
            SimulatedCall call = strict.inboundCall();
            assertThat(messageOf(call)).doesNotContain("wrong credentials");
            new ApiClient(strict).getAs("AC0", "wrong", events);
            assertThat(messageOf(call)).contains("1 requests with wrong credentials since the call began");
        }
    }

    @Test
    void the_task_is_shown_and_the_seed_that_repeats_its_sids() {
        respond(204, "application/json", "");
        assertThat(messageOfAnEndedCall())
                .contains("The task is wrapping; its conversations: ", "-Dtwilio-simulator.seed=7");
    }

    private void respond(int status, String contentType, String body) {
        application.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.getResponseHeaders().set("Content-Type", contentType);
                if (status == 302) {
                    exchange.getResponseHeaders().set("Location", "/login");
                }
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
    }

    private String messageOfAnEndedCall() {
        return messageOf(endedCall());
    }

    private SimulatedCall endedCall() {
        SimulatedCall call = twilio.inboundCall().accepts(agent).customerHangsUp();
        twilio.delivery().awaitQuiet(Duration.ofSeconds(20));
        return call;
    }

    private static String messageOf(SimulatedCall call) {
        Throwable thrown = catchThrowable(() -> call.task().awaitHangUpBy("customer", Duration.ofMillis(1)));
        assertThat(thrown).isInstanceOf(IllegalStateException.class);
        return String.valueOf(thrown.getMessage());
    }
}
