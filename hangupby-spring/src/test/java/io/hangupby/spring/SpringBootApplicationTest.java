package io.hangupby.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import io.hangupby.call.TaskSid;
import io.hangupby.decision.Decider;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.Kept;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Verdict;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.events.TwilioSigner;
import io.hangupby.simulator.rest.Fault;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

/** A Spring Boot application in its own web server, configured by properties. */
class SpringBootApplicationTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LATER = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final TwilioSimulator twilio = TwilioSimulator.builder().start();

    @AfterEach
    void close() {
        twilio.close();
    }

    @Test
    void writes_who_ended_a_call() {
        try (ConfigurableApplicationContext application = start(Application.class)) {
            SimulatedCall call = talk().customerHangsUp();
            call.task().awaitHangUpBy("customer", SOON);
            assertThat(application.isActive()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Nothing: signs it", "X-Twilio-Signature: somebody-elses"})
    void slow_senders_occupy_no_thread(String signature) throws Exception {
        try (ConfigurableApplicationContext application =
                start(Application.class, "server.tomcat.threads.max=4", "server.tomcat.threads.min-spare=1")) {
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Socket sender = new Socket(InetAddress.getLoopbackAddress(), port(application));
                slow.add(sender);
                String head = "POST /hangupby/taskrouter HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\n" + signature + "\r\n\r\n";
                sender.getOutputStream().write((head + "A=").getBytes(UTF_8));
            }
            talk().customerHangsUp().task().awaitHangUpBy("customer", SOON.dividedBy(2));
            for (Socket sender : slow) {
                sender.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 204", "false, 403"})
    void trust_forwarded_headers_checks_signatures_against_forwarded_headers(boolean trusted, int status)
            throws Exception {
        try (ConfigurableApplicationContext application =
                start(Application.class, "hangupby.public-url=", "hangupby.trust-forwarded-headers=" + trusted)) {
            String signature = new TwilioSigner(twilio.authToken())
                    .signature(
                            "https://hooks.example.com/hangupby/taskrouter",
                            new TreeMap<>(Map.of("AccountSid", twilio.accountSid())));
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port(application) + "/hangupby/taskrouter"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("X-Forwarded-Proto", "https")
                    .header("X-Forwarded-Host", "hooks.example.com")
                    .header("X-Twilio-Signature", signature)
                    .POST(BodyPublishers.ofString("AccountSid=" + twilio.accountSid()))
                    .build();

            assertThat(HttpClient.newHttpClient()
                            .send(request, BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://hooks.example.com/hangupby, false, '',                           ''",
        "'',                                 false, '',                           hangupby.public-url is not set:",
        "'',                                 true,  https://hooks.example.com/cb, ''",
        "'',                                 true,  '',                           hangupby.filter.public-url is not set:",
    })
    @ExtendWith(OutputCaptureExtension.class)
    void warns_at_the_start_if_the_request_host_is_trusted(
            String publicUrl, boolean filter, String filtersUrl, String warning, CapturedOutput output) {
        try (ConfigurableApplicationContext application = start(
                Application.class,
                "hangupby.public-url=" + publicUrl,
                "hangupby.filter.enabled=" + filter,
                "hangupby.filter.url-patterns=/cb",
                "hangupby.filter.public-url=" + filtersUrl)) {
            assertThat(application.isActive()).isTrue();
            assertThat(output.getOut().contains("signed for another host")).isEqualTo(!warning.isEmpty());
            assertThat(output).contains(warning);
        }
    }

    @Test
    void auth_tokens_add_to_the_auth_token() {
        try (ConfigurableApplicationContext application = start(
                Application.class,
                "hangupby.auth-token=an-old-one",
                "hangupby.auth-tokens=a-lost-one," + twilio.authToken())) {
            talk().customerHangsUp().task().awaitHangUpBy("customer", SOON);
            assertThat(application.isActive()).isTrue();
        }
    }

    @Test
    void writes_an_overridden_value() {
        try (ConfigurableApplicationContext application = start(
                Application.class, "hangupby.vocabulary.style=title", "hangupby.vocabulary.values.disconnect=Lost")) {
            Agent agent = twilio.browserAgent("Bob");
            talk(agent).agentCrashes(agent).task().awaitHangUpBy("Lost", SOON);
            talk().customerHangsUp().task().awaitHangUpBy("Customer", SOON);
            assertThat(application.isActive()).isTrue();
        }
    }

    @Test
    void the_documented_customizer_overrides_a_value() {
        try (ConfigurableApplicationContext application = start(Customized.class)) {
            talk().programEndsConference().task().awaitHangUpBy("program", SOON);
            assertThat(application.isActive()).isTrue();
        }
    }

    @Test
    void preset_on_create_writes_a_value_into_a_new_task() {
        try (ConfigurableApplicationContext application = start(Application.class, "hangupby.preset-on-create=true")) {
            twilio.inboundCall().waitsInQueue().task().awaitHangUpBy("customer", SOON);
            assertThat(application.isActive()).isTrue();
        }
    }

    @Test
    void calls_the_applications_listeners_and_decider() throws Exception {
        try (ConfigurableApplicationContext application = start(OwnBeans.class)) {
            SimulatedCall call = talk().customerHangsUp();
            call.task().awaitHangUpBy("system", SOON);
            Outcome outcome = application.getBean(Outcomes.class).outcomes.poll(10, TimeUnit.SECONDS);
            assertThat(outcome)
                    .isNotNull()
                    .extracting(received -> received.verdict().rule())
                    .isEqualTo("house-rule");
        }
    }

    @Test
    void calls_the_api_through_the_applications_twilio_client() {
        try (ConfigurableApplicationContext application = start(OwnClient.class)) {
            SimulatedCall call = talk().customerHangsUp();
            call.task().awaitHangUpBy("customer", SOON);
            assertThat(application.getBean(CountingHttp.class).requests).hasValue(4);
        }
    }

    @Test
    void the_documented_rule_decides_before_the_default_rules() {
        try (ConfigurableApplicationContext application = start(PaymentLine.class)) {
            SimulatedCall paid = talk();
            application.getBean(Payments.class).paid(new TaskSid(paid.taskSid()));
            paid.programEndsConference().task().awaitHangUpBy("agent", SOON);
            talk().programEndsConference().task().awaitHangUpBy("system", SOON);
        }
    }

    @Test
    void publishes_each_outcome_as_an_application_event() throws Exception {
        try (ConfigurableApplicationContext application = start(Listening.class)) {
            SimulatedCall call = talk().customerHangsUp();

            Outcome outcome = application.getBean(Listening.class).outcomes.poll(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(outcome).isNotNull();
            assertThat(outcome.segment().task().task().value()).isEqualTo(call.taskSid());
            assertThat(outcome.verdict().endedBy()).isEqualTo(Optional.of(EndedBy.CUSTOMER));
        }
    }

    @Test
    void publishes_whether_a_value_was_kept_as_an_application_event() throws Exception {
        try (ConfigurableApplicationContext application = start(Listening.class)) {
            Agent agent = twilio.browserAgent("Alice");
            SimulatedCall call = talk(agent).customerHangsUp();
            call.task().awaitHangUpBy("customer", SOON);
            call.completes(agent);

            Outcome outcome = application.getBean(Listening.class).completed.poll(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(outcome).isNotNull();
            assertThat(outcome.segment().task().task().value()).isEqualTo(call.taskSid());
            assertThat(outcome.write().kept()).isEqualTo(Optional.of(Kept.KEPT));
        }
    }

    @Configuration
    @EnableAutoConfiguration
    static class Listening {
        private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
        private final BlockingQueue<Outcome> completed = new LinkedBlockingQueue<>();

        @EventListener
        void decided(Outcome outcome) {
            outcomes.add(outcome);
        }

        @EventListener
        void completed(SegmentCompleted event) {
            completed.add(event.outcome());
        }
    }

    @Test
    void the_documented_page_shows_the_dry_run_report() throws Exception {
        try (ConfigurableApplicationContext application = start(DryRun.class, "hangupby.dry-run=true")) {
            Agent agent = twilio.browserAgent("Alice");
            SimulatedCall call = talk(agent).customerHangsUp();
            call.task().edit("\"disconnect\"", "conversations", "hang_up_by");
            call.completes(agent);

            String page = get(application, "/hang-up-by");
            for (long end = System.nanoTime() + SOON.toNanos(); page.contains("0 of 0") && System.nanoTime() < end; ) {
                page = get(application, "/hang-up-by");
            }
            assertThat(page).contains("customer-left  customer  disconnect  1         different");
        }
    }

    /** A misspelt property can contain a secret. */
    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void an_unknown_property_is_named_without_its_value(CapturedOutput output) {
        assertThatThrownBy(
                () -> start(Application.class, "hangupby.auth-tokn=canary", "hangupby.twilio.regoin=canary"));

        assertThat(output)
                .contains(
                        "hangupby cannot start: it has no property hangupby.auth-tokn",
                        "and no property hangupby.twilio.regoin")
                .doesNotContain("canary");
    }

    @Test
    void the_health_endpoint_shows_the_status() throws Exception {
        try (ConfigurableApplicationContext application =
                start(Application.class, "management.endpoint.health.show-details=always")) {
            awaitHealth(application, "UP", "UNTRIED");

            twilio.faults().rate(1, Fault.unauthorized());
            SimulatedCall call = talk().customerHangsUp();
            awaitHealth(application, "DEGRADED", "UNAUTHORIZED");
            assertThat(statusOfHealth(application))
                    .as("the application itself is up")
                    .isEqualTo(200);

            twilio.faults().clear();
            call.task().awaitHangUpBy("customer", LATER);
            awaitHealth(application, "UP", "OK");
        }
    }

    @Test
    void has_no_health_indicator_if_health_is_disabled() throws Exception {
        try (ConfigurableApplicationContext application = start(
                Application.class,
                "management.health.hangupby.enabled=false",
                "management.endpoint.health.show-details=always")) {
            assertThat(health(application)).contains("\"status\":\"UP\"").doesNotContain("\"hangupby\":");
        }
    }

    private static void awaitHealth(ConfigurableApplicationContext application, String status, String twilio)
            throws Exception {
        long deadline = System.nanoTime() + LATER.toNanos();
        String ours = ours(health(application));
        while (!ours.contains("\"status\":\"" + status + "\"") || !ours.contains("\"twilio\":\"" + twilio + "\"")) {
            assertThat(System.nanoTime()).as("in time: %s", ours).isLessThan(deadline);
            ours = ours(health(application));
        }
    }

    /** Spring Boot 4 has the details in front of the status. */
    private static String ours(String health) {
        Matcher ours = Pattern.compile("\"hangupby\":\\{(\"details\":\\{[^}]*}|\"status\":\"\\w+\"|,)*}")
                .matcher(health);
        return ours.find() ? ours.group() : "";
    }

    private static int statusOfHealth(ConfigurableApplicationContext application) throws Exception {
        URI health = URI.create("http://127.0.0.1:" + port(application) + "/actuator/health");
        return HTTP.send(HttpRequest.newBuilder(health).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private static String health(ConfigurableApplicationContext application) throws Exception {
        return get(application, "/actuator/health");
    }

    private static String get(ConfigurableApplicationContext application, String path) throws Exception {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(application) + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private SimulatedCall talk() {
        return talk(twilio.browserAgent("Alice"));
    }

    private SimulatedCall talk(Agent agent) {
        return twilio.inboundCall().waitsInQueue().rings(agent).accepts(agent);
    }

    private ConfigurableApplicationContext start(Class<?> application, String... properties) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(application, OpenToAll.class)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "spring.main.banner-mode=off",
                        "hangupby.account-sid=" + twilio.accountSid(),
                        "hangupby.auth-token=" + twilio.authToken(),
                        "hangupby.public-url=https://hooks.example.com/hangupby",
                        "hangupby.twilio.base-url=" + twilio.baseUrl())
                .properties(properties)
                .run();
        twilio.callback(
                URI.create("http://127.0.0.1:" + port(context) + "/hangupby/taskrouter"),
                "https://hooks.example.com/hangupby/taskrouter");
        return context;
    }

    private static int port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @Configuration
    @EnableAutoConfiguration
    static class Application {}

    @Configuration
    @EnableAutoConfiguration
    @Import(DryRunPage.class)
    static class DryRun {}

    @Configuration
    @EnableAutoConfiguration
    @Import(VocabularyCustomizer.class)
    static class Customized {}

    @Configuration
    @EnableAutoConfiguration
    static class OwnBeans {
        @Bean
        Outcomes outcomes() {
            return new Outcomes();
        }

        @Bean
        Decider houseRule() {
            return evidence -> new Verdict(Optional.of(EndedBy.SYSTEM), "house-rule", "because we say so", List.of());
        }
    }

    @Configuration
    @EnableAutoConfiguration
    @Import(PaymentRules.class)
    static class PaymentLine {
        @Bean
        Payments payments() {
            return new Payments();
        }
    }

    @Configuration
    @EnableAutoConfiguration
    static class OwnClient {
        @Bean
        CountingHttp http() {
            return new CountingHttp();
        }

        @Bean
        TwilioRestClient twilio(CountingHttp http) {
            return new TwilioRestClient.Builder("their-key", "their-secret")
                    .httpClient(http)
                    .build();
        }
    }

    static final class CountingHttp extends NetworkHttpClient {
        private final AtomicInteger requests = new AtomicInteger();

        @Override
        public Response makeRequest(Request request) {
            requests.incrementAndGet();
            return super.makeRequest(request);
        }
    }

    static final class Outcomes implements HangUpByListener {
        private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();

        @Override
        public void onOutcome(Outcome outcome) {
            outcomes.add(outcome);
        }
    }
}
