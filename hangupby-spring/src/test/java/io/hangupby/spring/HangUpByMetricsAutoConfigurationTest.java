package io.hangupby.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.HangUpBy;
import io.hangupby.micrometer.MicrometerTelemetry;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.telemetry.Telemetry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class HangUpByMetricsAutoConfigurationTest {
    private static final String PUBLIC_URL = "https://hooks.example.com/hangupby";

    private final WebApplicationContextRunner context = new WebApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(HangUpByMetricsAutoConfiguration.class, HangUpByAutoConfiguration.class))
            .withPropertyValues("hangupby.account-sid=AC" + "0".repeat(32), "hangupby.auth-token=canary-token");

    @Test
    void metrics_are_in_the_applications_registry() {
        context.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run(started -> {
            assertThat(started).hasSingleBean(MicrometerTelemetry.class);
            assertThat(started.getBean(MeterRegistry.class)
                            .get("hangupby.due")
                            .gauge()
                            .value())
                    .isZero();
        });
    }

    @Test
    void the_applications_own_telemetry_replaces_ours() {
        Telemetry own = new Telemetry() {};
        context.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(Telemetry.class, () -> own)
                .run(started -> {
                    assertThat(started.getBean(Telemetry.class)).isSameAs(own);
                    assertThat(started.getBean(MeterRegistry.class).getMeters()).isEmpty();
                });
    }

    @Test
    void telemetry_is_absent_without_a_registry() {
        context.run(started -> assertThat(started).hasSingleBean(HangUpBy.class).doesNotHaveBean(Telemetry.class));
    }

    @Test
    void telemetry_is_absent_without_micrometer() {
        context.withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(started ->
                        assertThat(started).hasSingleBean(HangUpBy.class).doesNotHaveBean(Telemetry.class));
    }

    @Test
    void prometheus_reads_the_metrics_with_the_actuator_alone() throws Exception {
        try (TwilioSimulator twilio = TwilioSimulator.builder().start();
                ConfigurableApplicationContext application = start(twilio)) {
            String address =
                    "http://127.0.0.1:" + application.getEnvironment().getRequiredProperty("local.server.port");
            twilio.callback(URI.create(address + "/hangupby/taskrouter"), PUBLIC_URL + "/taskrouter");
            Agent alice = twilio.browserAgent("Alice");
            twilio.inboundCall()
                    .rings(alice)
                    .accepts(alice)
                    .customerHangsUp()
                    .task()
                    .awaitHangUpBy("customer", Duration.ofSeconds(10));
            // Closing completes the work that is due, including the counting of the write.
            application.getBean(HangUpBy.class).close();

            String metrics = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(address + "/actuator/prometheus"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            assertThat(metrics)
                    .contains("hangupby_verdicts_total{ended_by=\"customer\",rule=\"customer-left\"} 1.0")
                    .contains("hangupby_time_to_value_seconds_count 1")
                    .contains("hangupby_api_calls_seconds_count{error=\"none\",kind=\"task-update\",result=\"ok\"} 1");
            assertThat(application.getBean(Observed.class).names).contains("hangupby.work", "hangupby.api.calls");
        }
    }

    private static ConfigurableApplicationContext start(TwilioSimulator twilio) {
        return new SpringApplicationBuilder(Application.class, OpenToAll.class)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "spring.main.banner-mode=off",
                        "management.endpoints.web.exposure.include=prometheus",
                        "hangupby.account-sid=" + twilio.accountSid(),
                        "hangupby.auth-token=" + twilio.authToken(),
                        "hangupby.public-url=" + PUBLIC_URL,
                        "hangupby.twilio.base-url=" + twilio.baseUrl())
                .run();
    }

    @Configuration
    @EnableAutoConfiguration
    static class Application {
        @Bean
        Observed observed() {
            return new Observed();
        }
    }

    static final class Observed implements ObservationHandler<Observation.Context> {
        private final Set<String> names = ConcurrentHashMap.newKeySet();

        @Override
        public void onStop(Observation.Context context) {
            names.add(String.valueOf(context.getName()));
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }
}
