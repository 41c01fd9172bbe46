package io.hangupby.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.HangUpBy;
import io.hangupby.simulator.CallOptions;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.rest.ApiOperation;
import io.hangupby.simulator.rest.Fault;
import io.hangupby.testing.CapturedLog;
import jakarta.servlet.ServletRegistration;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Responses of the servlet over HTTP. */
class HangUpByServletTest {
    private static final String FORM = "application/x-www-form-urlencoded; charset=UTF-8";
    private static final Duration SOON = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();

    @Nested
    class Answers {

        @Test
        void a_signed_event_gets_an_empty_response_of_type_json() throws Exception {
            try (CallCentre centre = new CallCentre(settings -> settings)) {
                String body = "AccountSid=" + centre.twilio().accountSid() + "&EventType=worker.created";
                HttpResponse<String> response = http.send(
                        HttpRequest.newBuilder(URI.create(centre.address() + "/taskrouter"))
                                .header("Content-Type", FORM)
                                .header(
                                        "X-Twilio-Signature",
                                        Message.signature(
                                                centre.twilio().authToken(),
                                                CallCentre.PUBLIC_URL + "/taskrouter",
                                                body))
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
                assertThat(response.statusCode()).isEqualTo(204);
                assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
                assertThat(response.body()).isEmpty();
            }
        }

        @Test
        void signatures_are_checked_for_the_public_url() throws Exception {
            try (CallCentre centre = new CallCentre(settings -> settings.publicUrl("https://elsewhere.example.com"))) {
                assertThat(centre.twilio().delivery().post(event(centre))).isEqualTo(403);
            }
        }

        @Test
        void signatures_are_checked_for_the_requests_own_url_without_a_public_url() throws Exception {
            try (CallCentre centre = CallCentre.withoutProxy()) {
                assertThat(centre.twilio().delivery().post(event(centre))).isEqualTo(204);
            }
        }

        @ParameterizedTest
        @CsvSource({"true, 204", "false, 403"})
        void signatures_are_checked_for_forwarded_headers_only_if_trusted(boolean trusted, int status)
                throws Exception {
            try (CallCentre centre = CallCentre.withoutPublicUrl(settings -> settings.trustForwardedHeaders(trusted))) {
                String account = centre.twilio().accountSid();
                HttpRequest request = HttpRequest.newBuilder(URI.create(centre.address() + "/taskrouter"))
                        .header("Content-Type", FORM)
                        .header("X-Forwarded-Proto", "https")
                        .header("X-Forwarded-Host", "hooks.example.com")
                        .header(
                                "X-Twilio-Signature",
                                Message.signature(
                                        centre.twilio().authToken(),
                                        CallCentre.PUBLIC_URL + "/taskrouter",
                                        "AccountSid=" + account))
                        .POST(BodyPublishers.ofString("AccountSid=" + account))
                        .build();
                assertThat(http.send(request, BodyHandlers.ofString()).statusCode())
                        .isEqualTo(status);
            }
        }

        /** Each row has a signature for the URL that a fragment, a query or a user would lead to. */
        @ParameterizedTest
        @CsvSource({
            "'',     hooks.example.com,     X-Forwarded-Prefix: /other/hook#,      http://hooks.example.com/other/hook",
            "'',     hooks.example.com,     X-Forwarded-Prefix: /hook?x=, http://hooks.example.com/hook?x=/hangupby/taskrouter",
            "'',     hooks.example.com,     X-Forwarded-Host: b.com/hook#,         http://b.com/hook",
            "'',     hooks.example.com,     X-Forwarded-Host: me@b.com,            http://me@b.com/hangupby/taskrouter",
            "'',     hooks.example.com,     X-Forwarded-Port: 80/hook#,            http://hooks.example.com:80/hook",
            "'',     hooks.example.com,     X-Forwarded-Proto: http://b.com/hook#, http://b.com/hook",
            "'',     b.com/hook#,           X-Other: a,                            http://b.com/hook",
            "'',     b.com/hook?,           X-Other: a,                            http://b.com/hook?/hangupby/taskrouter",
            "'',     me@b.com,              X-Other: a,                            http://me@b.com/hangupby/taskrouter",
            "'',     b.com\\c,            X-Other: a,                            http://b.com\\c/hangupby/taskrouter",
            "'#x',   hooks.example.com,     X-Other: a,                            http://hooks.example.com/hangupby/taskrouter",
            "'?a#x', hooks.example.com,     X-Other: a,                            http://hooks.example.com/hangupby/taskrouter?a",
        })
        void a_manipulated_head_with_a_signature_of_another_url_is_rejected(
                String end, String host, String header, String signed) throws Exception {
            try (CallCentre centre = CallCentre.withoutPublicUrl(settings -> settings.trustForwardedHeaders(true));
                    RawClient client = new RawClient(centre.address().getPort())) {
                String account = centre.twilio().accountSid();
                String body = "AccountSid=" + account;
                String signature = Message.signature(centre.twilio().authToken(), signed, body);

                client.send("POST /hangupby/taskrouter" + end + " HTTP/1.1\r\nHost: " + host + "\r\n" + header
                        + "\r\nContent-Type: application/x-www-form-urlencoded\r\nX-Twilio-Signature: " + signature
                        + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);

                assertThat(client.response().status()).containsAnyOf(" 403 ", " 400 ");
            }
        }

        @ParameterizedTest
        @CsvSource({"true, 0", "false, 1"})
        void a_missing_public_url_is_logged_at_the_start(boolean given, int warnings) throws Exception {
            try (CapturedLog log = new CapturedLog();
                    CallCentre centre =
                            given ? new CallCentre(settings -> settings) : CallCentre.withoutPublicUrl(none -> none)) {
                assertThat(centre.hangUpBy().webhook().hasPublicUrl()).isEqualTo(given);
                assertThat(log.lines())
                        .filteredOn(line -> line.startsWith("hangupby.public-url is not set:"))
                        .hasSize(warnings);
            }
        }

        @Test
        void unsigned_and_forged_events_are_rejected_with_one_line_of_json() throws Exception {
            try (CallCentre centre = new CallCentre(settings -> settings)) {
                HttpResponse<String> unsigned = post(centre, "/taskrouter", FORM, "EventType=task.wrapup");
                assertThat(unsigned.statusCode()).isEqualTo(403);
                assertThat(unsigned.headers().firstValue("Content-Type")).hasValue("application/json");
                assertThat(unsigned.body()).isEqualTo("{\"error\":\"the X-Twilio-Signature header is missing\"}");
                assertThat(centre.twilio().delivery().postForged(event(centre))).isEqualTo(403);
            }
        }

        @Test
        void other_methods_types_sizes_and_endpoints_are_rejected() throws Exception {
            try (CallCentre centre = new CallCentre(settings -> settings)) {
                HttpRequest get = HttpRequest.newBuilder(URI.create(centre.address() + "/taskrouter"))
                        .build();
                assertThat(http.send(get, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
                assertThat(post(centre, "/taskrouter", "application/json", "{}").statusCode())
                        .isEqualTo(415);
                assertThat(statusOfAnnounced(256 * 1024 + 1, centre)).isEqualTo("HTTP/1.1 413 Payload Too Large");
                assertThat(post(centre, "/elsewhere", FORM, "a=b").statusCode()).isEqualTo(404);
                assertThat(post(centre, "", FORM, "a=b").statusCode()).isEqualTo(404);
            }
        }

        private HttpResponse<String> post(CallCentre centre, String path, String type, String body)
                throws IOException, InterruptedException {
            return http.send(
                    HttpRequest.newBuilder(URI.create(centre.address() + path))
                            .header("Content-Type", type)
                            .timeout(SOON)
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        }

        /** Announces a body and sends none, so that the rejection cannot break the connection. */
        private String statusOfAnnounced(int length, CallCentre centre) throws IOException {
            try (Socket socket = new Socket(
                    InetAddress.getLoopbackAddress(), centre.address().getPort())) {
                socket.setSoTimeout((int) SOON.toMillis());
                String head = "POST /hangupby/taskrouter HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + FORM
                        + "\r\nContent-Length: " + length + "\r\n\r\n";
                socket.getOutputStream().write(head.getBytes(UTF_8));
                BufferedReader response = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
                return String.valueOf(response.readLine());
            }
        }

        private SortedMap<String, String> event(CallCentre centre) {
            SortedMap<String, String> event = new TreeMap<>();
            event.put("EventType", "task.created");
            event.put("AccountSid", centre.twilio().accountSid());
            event.put("WorkspaceSid", centre.twilio().workspaceSid());
            event.put("TaskSid", "WT" + "0".repeat(32));
            event.put("TaskChannelUniqueName", "voice");
            event.put("TimestampMs", "1763800000000");
            return event;
        }
    }

    @Nested
    class WhileTwilioIsSlow {

        @Test
        void a_response_does_not_wait_for_twilio() throws Exception {
            try (CallCentre centre = new CallCentre(settings -> settings.shutdownTimeout(Duration.ZERO))) {
                centre.twilio().faults().rate(1, Fault.slow(Duration.ofSeconds(4)));
                Agent agent = centre.twilio().browserAgent("Alice");
                SimulatedCall call = talk(centre, agent).customerHangsUp();

                centre.twilio().delivery().awaitQuiet(Duration.ofSeconds(3));

                assertThat(centre.twilio().delivery().responses().keySet()).containsExactly(204);
                assertThat(centre.outcomes(call)).isEmpty();
            }
        }
    }

    @Nested
    class WhereItIsMapped {

        @ParameterizedTest
        @CsvSource({"/hangupby/*, 0", "/hangupby, 1", "/hangupby/taskrouter, 1"})
        void a_mapping_without_the_paths_below_is_logged(String mapping, int warnings) throws Exception {
            try (CapturedLog log = new CapturedLog();
                    HangUpBy hangUpBy = HangUpBy.builder()
                            .accountSid("AC" + "1".repeat(32))
                            .authToken("a-token")
                            .build();
                    Container.Running container = Container.ofThisRun().start(context -> {
                        ServletRegistration.Dynamic servlet =
                                context.addServlet("hangupby", new HangUpByServlet(hangUpBy));
                        servlet.addMapping(mapping);
                        servlet.setLoadOnStartup(1);
                    })) {
                assertThat(container.port()).isPositive();
                assertThat(log.lines())
                        .filteredOn(line -> line.equals("The servlet of hangupby is mapped to [" + mapping
                                + "], so that its endpoints cannot be reached; map it to a path with everything "
                                + "below, such as /hangupby/*"))
                        .hasSize(warnings);
            }
        }
    }

    @Nested
    class WhenItIsStopped {

        @Test
        void a_shutdown_finishes_due_work() throws Exception {
            SimulatedCall call;
            try (CallCentre centre = new CallCentre(settings -> settings)) {
                Agent agent = centre.twilio().browserAgent("Alice");
                centre.twilio().faults().next(ApiOperation.CONFERENCE, Fault.slow(Duration.ofSeconds(1)));
                call = talk(centre, agent).customerHangsUp();
                centre.twilio().delivery().awaitQuiet(SOON);

                centre.hangUpBy().close();

                assertThat(call.task().hangUpBy()).hasValue("customer");
            }
        }

        @Test
        void a_shutdown_logs_the_unfinished_tasks() throws Exception {
            try (CapturedLog log = new CapturedLog();
                    CallCentre centre = new CallCentre(settings -> settings.shutdownTimeout(Duration.ofMillis(50)))) {
                Agent agent = centre.twilio().browserAgent("Alice");
                SimulatedCall call = centre.twilio()
                        .inboundCall(CallOptions.builder()
                                .apiLag(Duration.ofMinutes(1))
                                .build())
                        .waitsInQueue()
                        .rings(agent)
                        .accepts(agent)
                        .customerHangsUp();
                centre.twilio().delivery().awaitQuiet(SOON);

                centre.hangUpBy().close();

                assertThat(log.lines())
                        .contains("task " + call.taskSid() + ": shut down before it was decided and written");
            }
        }

        @Test
        void wrap_ups_during_a_shutdown_are_rejected_for_a_retry() throws Exception {
            try (CallCentre centre = new CallCentre(settings -> settings)) {
                Agent agent = centre.twilio().browserAgent("Alice");
                SimulatedCall call = talk(centre, agent);
                centre.twilio().delivery().awaitQuiet(SOON);
                centre.hangUpBy().close();

                call.customerHangsUp();
                centre.twilio().delivery().awaitQuiet(SOON);

                assertThat(centre.twilio().delivery().responses()).containsKey(503);
            }
        }
    }

    private static SimulatedCall talk(CallCentre centre, Agent agent) {
        return centre.twilio().inboundCall().waitsInQueue().rings(agent).accepts(agent);
    }
}
