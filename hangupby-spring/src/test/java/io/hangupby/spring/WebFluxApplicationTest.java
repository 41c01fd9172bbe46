package io.hangupby.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hangupby.HangUpByConfigurationException;
import io.hangupby.simulator.account.Agent;
import io.hangupby.telemetry.Telemetry;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A reactive Spring Boot application on Netty, configured by properties. */
class WebFluxApplicationTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String FORM = "application/x-www-form-urlencoded; charset=UTF-8";
    private static RunningApplication application;

    @BeforeAll
    static void start() {
        application = new RunningApplication(WebApplicationType.REACTIVE, Reactive.class);
        assertThat(application.context().getClass().getName()).contains("Reactive");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Configuration
    @EnableAutoConfiguration
    static class Reactive {
        /** The threads that counted a rejected or ignored event. */
        private final BlockingQueue<String> threads = new LinkedBlockingQueue<>();

        @Bean
        Telemetry threads() {
            return new Telemetry() {
                @Override
                public void ignored() {
                    threads.add(Thread.currentThread().getName());
                }
            };
        }
    }

    @Test
    void a_call_gets_its_value_through_all_three_endpoints() {
        String publicUrl = RunningApplication.PUBLIC_URL;
        application
                .twilio()
                .conferenceCallback(URI.create(application.address() + "/conference"), publicUrl + "/conference");
        application.twilio().eventStream(URI.create(application.address() + "/events"), publicUrl + "/events");

        application.assertGivesValue();
    }

    @Test
    void a_signed_event_gets_an_empty_response_of_type_json_from_a_thread_of_hangupbys() throws Exception {
        Reactive reactive = application.context().getBean(Reactive.class);
        reactive.threads.clear();
        String account = application.twilio().accountSid();
        String signature = application.signature(
                RunningApplication.PUBLIC_URL + "/taskrouterAccountSid" + account + "EventTypeworker.created");

        var response =
                application.post("/taskrouter", FORM, signature, "AccountSid=" + account + "&EventType=worker.created");

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.body()).isEmpty();
        assertThat(reactive.threads.poll(SOON.toSeconds(), TimeUnit.SECONDS)).startsWith("hangupby-webhook");
    }

    @ParameterizedTest
    @CsvSource({
        "/taskrouter, application/x-www-form-urlencoded, '', a=b, 403, the X-Twilio-Signature header is missing",
        "/taskrouter, application/x-www-form-urlencoded, forged, a=b, 403, the signature does not match",
        "/taskrouter, application/json, forged, {}, 415, the content type must be",
        "/elsewhere, application/x-www-form-urlencoded, forged, a=b, 404, no such endpoint",
        "/events, application/json, forged, [], 503, the signature does not match",
        "/events, application/json, '', [], 503, the X-Twilio-Signature header is missing",
    })
    void other_requests_are_rejected_as_by_the_servlet(
            String endpoint, String type, String signature, String body, int status, String reason) throws Exception {
        var response = application.post(endpoint, type, signature, body);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).startsWith("{\"error\":\"" + reason);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void other_methods_are_rejected_and_other_paths_are_the_applications() throws Exception {
        assertThat(application.get("/hangupby/taskrouter").statusCode()).isEqualTo(405);
        assertThat(application.get("/hangupby").statusCode()).isNotEqualTo(405);
        assertThat(application.get("/").body()).doesNotContain("no such endpoint");
    }

    @Test
    void a_chunked_form_is_accepted_and_a_chunked_body_beyond_the_limit_is_rejected() throws Exception {
        String account = application.twilio().accountSid();
        String form = "AccountSid=" + account + "&EventType=worker.created";
        String signature = application.signature(
                RunningApplication.PUBLIC_URL + "/taskrouterAccountSid" + account + "EventTypeworker.created");
        assertThat(application
                        .post("/taskrouter", FORM, signature, chunked(form))
                        .statusCode())
                .isEqualTo(204);
        assertThat(application
                        .post("/taskrouter", FORM, signature, chunked(form + "&a=" + "x".repeat(300_000)))
                        .statusCode())
                .isEqualTo(413);
        assertThat(statusOfAnnounced(256 * 1024 + 1)).contains(" 413 ");
    }

    private static java.net.http.HttpRequest.BodyPublisher chunked(String body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(UTF_8)));
    }

    private static String statusOfAnnounced(int length) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), application.port())) {
            socket.setSoTimeout((int) SOON.toMillis());
            socket.getOutputStream().write(head(length).getBytes(UTF_8));
            return String.valueOf(new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine());
        }
    }

    private static String head(int length) {
        return "POST /hangupby/taskrouter HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + FORM
                + "\r\nX-Twilio-Signature: s\r\nContent-Length: " + length + "\r\n\r\n";
    }

    @Test
    void slow_senders_hold_up_no_other_request_and_are_given_up() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                Socket sender = new Socket(InetAddress.getLoopbackAddress(), application.port());
                slow.add(sender);
                sender.setSoTimeout(30_000);
                sender.getOutputStream().write((head(99) + "a=").getBytes(UTF_8));
            }
            Agent agent = application.twilio().browserAgent("Bob");
            application
                    .twilio()
                    .inboundCall()
                    .waitsInQueue()
                    .rings(agent)
                    .accepts(agent)
                    .customerHangsUp()
                    .task()
                    .awaitHangUpBy("customer", SOON);
            assertThat(new BufferedReader(new InputStreamReader(slow.get(0).getInputStream(), UTF_8)).readLine())
                    .contains(" 408 ");
        } finally {
            for (Socket sender : slow) {
                sender.close();
            }
        }
    }

    @Test
    void a_batch_with_its_hash_is_accepted() throws Exception {
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest("[]".getBytes(UTF_8)));
        String endpoint = "/events?bodySHA256=" + hash;

        assertThat(application
                        .post(
                                endpoint,
                                "application/json",
                                application.signature(RunningApplication.PUBLIC_URL + endpoint),
                                "[]")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void the_servlets_filter_is_refused() {
        assertThatThrownBy(() -> new RunningApplication(
                        WebApplicationType.REACTIVE,
                        Reactive.class,
                        "hangupby.filter.enabled=true",
                        "hangupby.filter.url-patterns=/cb"))
                .hasRootCauseInstanceOf(HangUpByConfigurationException.class);
    }

    @Test
    void the_budget_of_bodies_rejects_what_has_no_room() {
        ReactiveBodyBudget budget = new ReactiveBodyBudget(100);
        assertThat(budget.take(40)).isTrue();
        assertThat(budget.isScarce()).isFalse();
        assertThat(budget.take(40)).isTrue();
        assertThat(budget.isScarce()).isTrue();
        assertThat(budget.take(40)).isFalse();
        budget.giveBack(40);
        assertThat(budget.take(60)).isTrue();
    }
}
