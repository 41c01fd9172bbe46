package io.hangupby.internal.twilio;

import static io.hangupby.internal.twilio.TwilioGatewayKit.ACCOUNT;
import static io.hangupby.internal.twilio.TwilioGatewayKit.WORKSPACE;
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
import io.hangupby.internal.twilio.TwilioGatewayKit.Talk;
import io.hangupby.twilio.TwilioFailure;
import io.hangupby.twilio.TwilioFailure.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server sends the responses that a test wants, which Twilio would not send. */
class StrangeResponsesTest {
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

    TwilioGateway gateway(URI baseUrl) {
        return new TwilioJavaGateway(
                ACCOUNT,
                ACCOUNT.value(),
                TwilioJavaGatewayTest.TOKEN,
                4,
                TwilioHosts.at(baseUrl),
                TwilioJavaGatewayTest.EVENTS,
                TwilioJavaGatewayTest.CLOCK);
    }

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
            TwilioFailure failure = ask.failure(strange, talk);

            assertThat(failure.kind()).as("%s", ask).isEqualTo(Kind.INVALID_RESPONSE);
            assertThat(failure.getMessage()).startsWith(ask.name);
            assertThat(requests).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PARTICIPANTS", "EVENTS"})
    void is_no_list_if_it_has_none(Ask ask) {
        responds(200, "{}");

        assertThat(ask.failure(strange, talk).kind()).isEqualTo(Kind.INVALID_RESPONSE);
    }

    @Test
    void is_no_task_if_it_has_no_etag() {
        responds(200, "{\"attributes\":\"{}\",\"assignment_status\":\"wrapping\"}");

        assertThat(Ask.TASK.failure(strange, talk).getMessage())
                .isEqualTo("read of task " + talk.task() + " failed: a response without an ETag; worth another try");
    }

    @Test
    void is_no_task_if_it_has_no_attributes() {
        response = exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            respond(exchange, 200, "{\"assignment_status\":\"wrapping\"}");
        };

        assertThat(Ask.TASK.failure(strange, talk).getMessage())
                .isEqualTo("read of task " + talk.task() + " failed: a response without attributes; worth another try");
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
                .contains(
                        new Conference(talk.conference(), false, Optional.empty(), Optional.empty(), Optional.empty()));
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
        responds(status, code == 0 ? "<html>bad gateway</html>" : "{\"code\":%d,\"message\":\"x\"}".formatted(code));

        TwilioFailure failure = Ask.UPDATE.failure(strange, talk);

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

        TwilioFailure failure = Ask.TASK.failure(strange, talk);

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

        TaskUpdate result = strange.updateTask(talk.task(), TaskAttributes.of("{}"), "\"1\"");

        assertThat(result.getClass().getSimpleName()).isEqualTo(update);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Wed, 21 Oct 2026 07:28:00 GMT", "", "-1", "1.5", "1234567"})
    void can_have_a_retry_after_that_cannot_be_read(String retryAfter) {
        response = exchange -> {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
            respond(exchange, 429, "{}");
        };

        assertThat(Ask.TASK.failure(strange, talk).retryAfter()).isEmpty();
    }

    @Test
    void is_not_a_redirection_that_is_followed() {
        response = exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            respond(exchange, 302, "<html>moved</html>");
        };

        assertThat(Ask.UPDATE.failure(strange, talk).kind()).isEqualTo(Kind.INVALID_RESPONSE);
        assertThat(requests).hasSize(1);
    }

    @Test
    void comes_from_below_the_path_of_the_base_url() {
        responds(500, "{\"code\":20500}");
        for (Ask ask : Ask.values()) {
            assertThat(ask.failure(strange, talk).kind()).isEqualTo(Kind.UNAVAILABLE);
        }

        assertThat(requests)
                .containsExactly(
                        "GET /proxy/2010-04-01/Accounts/%s/Conferences/%s.json".formatted(ACCOUNT, talk.conference()),
                        "GET /proxy/2010-04-01/Accounts/%s/Conferences/%s/Participants.json"
                                .formatted(ACCOUNT, talk.conference()),
                        "GET /proxy/2010-04-01/Accounts/%s/Calls/%s.json".formatted(ACCOUNT, talk.customer()),
                        "GET /proxy/v1/Workspaces/%s/Tasks/%s".formatted(WORKSPACE, talk.task()),
                        "POST /proxy/v1/Workspaces/%s/Tasks/%s".formatted(WORKSPACE, talk.task()),
                        "GET /proxy/v1/Workspaces/%s/Events".formatted(WORKSPACE));
    }

    static void respond(HttpExchange exchange, int status, String body) {
        try (exchange) {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
