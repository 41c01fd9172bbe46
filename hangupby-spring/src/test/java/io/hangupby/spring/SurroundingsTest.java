package io.hangupby.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.HangUpBy;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Settings of the application around hangupby, each with a call from its first event to its value. */
class SurroundingsTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String PUBLIC = "https://hooks.example.com/hangupby";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SERVLET  | server.servlet.context-path=/shop              | /shop/hangupby/taskrouter
            SERVLET  | spring.mvc.servlet.path=/mvc                   | /hangupby/taskrouter
            SERVLET  | spring.mvc.hiddenmethod.filter.enabled=true    | /hangupby/taskrouter
            SERVLET  | server.forward-headers-strategy=framework      | /hangupby/taskrouter
            SERVLET  | server.forward-headers-strategy=native         | /hangupby/taskrouter
            SERVLET  | spring.main.lazy-initialization=true           | /hangupby/taskrouter
            SERVLET  | management.server.port=0                       | /hangupby/taskrouter
            SERVLET  | spring.aop.proxy-target-class=false            | /hangupby/taskrouter
            SERVLET  | spring.threads.virtual.enabled=true            | /hangupby/taskrouter
            SERVLET  | hangupby.path=/hangupby/                       | /hangupby/taskrouter
            SERVLET  |                                                | /hangupby/taskrouter/
            REACTIVE | spring.webflux.base-path=/shop                 | /shop/hangupby/taskrouter
            REACTIVE | server.forward-headers-strategy=framework      | /hangupby/taskrouter
            REACTIVE | spring.main.lazy-initialization=true           | /hangupby/taskrouter
            REACTIVE | spring.webflux.hiddenmethod.filter.enabled=true | /hangupby/taskrouter
            REACTIVE |                                                | /hangupby/taskrouter/
            """)
    void a_call_gets_its_value(WebApplicationType type, String setting, String path) {
        List<String> settings = new ArrayList<>(List.of("hangupby.public-url=" + PUBLIC));
        if (setting != null) {
            settings.add(setting);
        }
        assertGivesValue(
                type, settings, path, PUBLIC + path.replace("/shop", "").replace("/hangupby", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://hooks.example.com/hangupby/       | https://hooks.example.com/hangupby/taskrouter
            https://hooks.example.com:443/hangupby    | https://hooks.example.com/hangupby/taskrouter
            https://hooks.example.com/hangupby        | https://hooks.example.com:443/hangupby/taskrouter
            """)
    void a_public_url_may_be_written_so(String configured, String asTwilioHasIt) {
        assertGivesValue(
                WebApplicationType.SERVLET,
                List.of("hangupby.public-url=" + configured),
                "/hangupby/taskrouter",
                asTwilioHasIt);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:h2:mem:%s                                          |
            jdbc:h2:mem:%s;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE   |
            jdbc:h2:mem:%s;MODE=MySQL                               |
            jdbc:h2:mem:%s;DATABASE_TO_UPPER=false                  |
            jdbc:h2:mem:%s;CASE_INSENSITIVE_IDENTIFIERS=TRUE        |
            jdbc:h2:mem:%s                                          | hangupby.jdbc.schema=CALLS
            jdbc:h2:mem:%s                                          | hangupby.jdbc.schema=calls
            jdbc:h2:mem:%s;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE   | hangupby.jdbc.schema=Calls
            jdbc:h2:mem:%s                                          | spring.datasource.hikari.auto-commit=false
            jdbc:h2:mem:%s                                          | spring.datasource.type=org.springframework.jdbc.datasource.SimpleDriverDataSource
            """)
    void a_database_may_be_set_up_so(String url, String setting) {
        List<String> settings = new ArrayList<>(List.of(
                "spring.datasource.url=" + url.formatted(UUID.randomUUID()) + ";DB_CLOSE_DELAY=-1",
                "spring.autoconfigure.exclude=",
                "hangupby.public-url=" + PUBLIC,
                "hangupby.store=jdbc",
                "hangupby.jdbc.create-tables=true"));
        if (setting != null) {
            settings.add(setting);
        }
        for (int run = 1; run <= 2; run++) {
            assertGivesValue(WebApplicationType.SERVLET, settings, "/hangupby/taskrouter", PUBLIC + "/taskrouter");
        }
    }

    private static void assertGivesValue(
            WebApplicationType type, List<String> settings, String path, String asTwilioHasIt) {
        try (TwilioSimulator twilio =
                TwilioSimulator.builder().seed(UUID.randomUUID().hashCode()).start()) {
            List<String> all = new ArrayList<>(List.of(
                    "server.port=0",
                    "server.address=127.0.0.1",
                    "spring.main.banner-mode=off",
                    "hangupby.security.enabled=true",
                    "hangupby.account-sid=" + twilio.accountSid(),
                    "hangupby.auth-token=" + twilio.authToken(),
                    "hangupby.twilio.base-url=" + twilio.baseUrl()));
            all.addAll(settings);
            try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
                    .web(type)
                    .run(all.stream().map(one -> "--" + one).toArray(String[]::new))) {
                String port = application.getEnvironment().getRequiredProperty("local.server.port");
                twilio.callback(URI.create("http://127.0.0.1:" + port + path), asTwilioHasIt);
                Agent agent = twilio.browserAgent("Alice");
                SimulatedCall call = twilio.inboundCall()
                        .waitsInQueue()
                        .rings(agent)
                        .accepts(agent)
                        .customerHangsUp();
                call.task().awaitHangUpBy("customer", SOON);
                assertThat(application.getBean(HangUpBy.class).status().isOperational())
                        .isTrue();
            }
        }
    }

    @Configuration
    @EnableAutoConfiguration
    static class Application {}
}
