package io.hangupby.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Spring Security on the class path: hangupby's requests pass, and all others keep their rules. */
@ExtendWith(OutputCaptureExtension.class)
class SpringSecurityTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String FORM = "application/x-www-form-urlencoded";

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void twilios_requests_pass_and_all_others_are_protected_by_default(WebApplicationType type) throws Exception {
        try (RunningApplication application = new RunningApplication(type, Nothing.class)) {
            application.assertGivesValue();
            assertThat(application.get("/").statusCode()).isIn(401, 302);
            assertThat(application.get("/hangupbyelse").statusCode()).isIn(401, 302);
            assertThat(application.get("/hangupby/taskrouter").headers().map()).doesNotContainKey("set-cookie");
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {OwnRules.class, OwnOrderedRules.class, OwnFirstRules.class})
    void twilios_requests_pass_rules_of_the_applications_own(Class<?> rules) throws Exception {
        try (RunningApplication application = new RunningApplication(WebApplicationType.SERVLET, rules)) {
            application.assertGivesValue();
            assertThat(application.get("/").statusCode()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void hangupbys_requests_can_be_left_to_the_applications_rules_and_the_log_says_if_they_do_not_pass(
            WebApplicationType type, CapturedOutput output) throws Exception {
        try (RunningApplication application =
                new RunningApplication(type, Nothing.class, "hangupby.security.enabled=false")) {
            assertThat(application.post("/taskrouter", FORM, "", "a=b").statusCode())
                    .isIn(401, 403);
            awaitLine(output, "The application itself responds ");
            assertThat(output)
                    .contains(
                            "to POST /hangupby/taskrouter, so that Twilio's requests do not reach hangupby; permit them");
        }
    }

    @Test
    void the_log_says_nothing_if_requests_pass(CapturedOutput output) throws Exception {
        try (RunningApplication application = new RunningApplication(WebApplicationType.SERVLET, Nothing.class)) {
            // Twice the check's own request, so that its result is in.
            for (int i = 0; i < 2; i++) {
                assertThat(application.post("/taskrouter", FORM, "", "a=b").body())
                        .contains("the X-Twilio-Signature header is missing");
            }
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().equals("hangupby-security-check")) {
                    thread.join(SOON.toMillis());
                }
            }
            assertThat(output).doesNotContain("The application itself responds");
        }
    }

    private static void awaitLine(CapturedOutput output, String text) throws InterruptedException {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!output.getOut().contains(text) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    @Configuration
    @EnableAutoConfiguration
    static class Nothing {}

    @Configuration
    @EnableAutoConfiguration
    static class OwnRules {
        @Bean
        SecurityFilterChain rules(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(all -> all.anyRequest().authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }
    }

    @Configuration
    @EnableAutoConfiguration
    static class OwnOrderedRules {
        @Bean
        @Order(1)
        SecurityFilterChain rules(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(all -> all.anyRequest().authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }
    }

    @Configuration
    @EnableAutoConfiguration
    static class OwnFirstRules {
        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        SecurityFilterChain rules(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(all -> all.anyRequest().authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }
    }
}
