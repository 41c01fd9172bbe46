package io.hangupby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.hangupby.decision.EndedBy;
import io.hangupby.testing.CapturedLog;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HangUpByBuilderTest {
    private static final String ACCOUNT = "AC11111111111111111111111111111111";
    private static final Duration SOON = Duration.ofSeconds(5);

    /** An environment variable that is not set is null, or a placeholder that nobody has filled. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "not set",
            value = {
                "not set, a-token, hangupby.account-sid is missing",
                ACCOUNT + ", not set, hangupby.auth-token is missing",
                ACCOUNT + ", '', hangupby.auth-token is missing",
                ACCOUNT + ", ${TWILIO_AUTH_TOKEN}, set the variable TWILIO_AUTH_TOKEN",
                ACCOUNT + ", ${TOKEN:canary}, set the variable that the value names",
                "${TWILIO_ACCOUNT_SID}, a-token, set the variable TWILIO_ACCOUNT_SID"
            })
    void what_is_not_set_is_named(String accountSid, String authToken, String named) {
        HangUpByBuilder builder = HangUpBy.builder()
                .accountSid(accountSid)
                .authToken(authToken)
                .publicUrl(null)
                .workspaceSid(null)
                .apiKey(null)
                .apiSecret(null);

        assertThatThrownBy(builder::build)
                .isInstanceOf(HangUpByConfigurationException.class)
                .hasMessageContaining(named)
                .hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @MethodSource
    void what_cannot_be_is_named_with_the_remedy(String message, UnaryOperator<HangUpByBuilder> setting) {
        assertThatThrownBy(() -> setting.apply(complete()).build())
                .isInstanceOf(HangUpByConfigurationException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> what_cannot_be_is_named_with_the_remedy() {
        return Stream.of(
                setting(
                        "hangupby.channels has a value that cannot be used; set it to the unique names of the task channels that"
                                + " carry calls, such as voice",
                        builder -> builder.channels(Set.of())),
                setting(
                        "hangupby.api-secret is missing; set it to the API key's secret, or leave out the key",
                        builder -> builder.apiKey("SK")),
                setting(
                        "hangupby.api-key is missing; set it to the API key, or leave out its secret",
                        builder -> builder.apiSecret("canary")),
                setting(
                        "hangupby.recovery.interval has a value that cannot be used; set it to 0 for no recovery, or more",
                        builder -> builder.recovery(r -> r.interval(Duration.ofSeconds(-1)))),
                setting(
                        "hangupby.jdbc.retention has a value that cannot be used; set it to at least a day, which is how long a"
                                + " call can last",
                        builder -> builder.jdbc(new JdbcDataSource(), jdbc -> jdbc.retention(Duration.ofHours(23)))),
                setting(
                        "hangupby.plugin-pins is set, but hangupby.agent-marker=none says that agents have no plugin; set"
                                + " hangupby.agent-marker=plugin, or remove hangupby.plugin-pins",
                        builder -> builder.pluginPins(true).agentMarker(AgentMarker.NONE)),
                setting(
                        "hangupby.preset-on-create is set, but hangupby.vocabulary.values.customer is empty, so that there is no"
                                + " value to write; give the customer's value a text, or remove hangupby.preset-on-create",
                        builder -> builder.presetOnCreate(true).vocabulary(v -> v.with(EndedBy.CUSTOMER, " "))),
                setting(
                        "hangupby.twilio.edge is missing; set it to the edge of the region, such as dublin for ie1",
                        builder -> builder.twilio(t -> t.region("ie1"))),
                setting(
                        "hangupby.twilio.region is missing; set it to the account's region, which is us1 by default",
                        builder -> builder.twilio(t -> t.edge("dublin"))),
                setting(
                        "hangupby.public-url holds several addresses: https://a.example.com/hangupby, https://b.example.com/hangupby;"
                                + " give several addresses in hangupby.public-urls. Spring joins an option that is given twice"
                                + " with a comma",
                        builder -> builder.publicUrl(
                                "https://user:canary@a.example.com/hangupby?key=canary, https://b.example.com/hangupby?x=canary")),
                setting(
                        "hangupby.public-url has a query; leave the query out: it is taken from each request",
                        builder -> builder.publicUrl("https://cc.example.com/hangupby?site=canary")),
                setting(
                        "shutdownTimeout has a value that cannot be used; set it to 0 or more",
                        builder -> builder.shutdownTimeout(Duration.ofSeconds(-1))));
    }

    private static Arguments setting(String message, UnaryOperator<HangUpByBuilder> setting) {
        return Arguments.of(message, setting);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "not set",
            value = {
                "not set, 'hangupby.public-url is not set, which matters only if Twilio posts to hangupby''s own path'",
                "https://cc.example.com/hangupby, https://cc.example.com/hangupby/taskrouter#rc=3&rp=ct,rt,5xx",
                "https://cc.example.com/hangupby/taskrouter#rc=3, https://cc.example.com/hangupby/taskrouter#rc=3&rp=ct,rt,5xx",
                "https://me:canary@cc.example.com/hangupby/, https://…@cc.example.com/hangupby/taskrouter#rc=3&rp=ct,rt,5xx"
            })
    void the_start_says_which_address_to_give_to_twilio(String publicUrl, String told) {
        try (CapturedLog log = new CapturedLog();
                HangUpBy started = complete().publicUrl(publicUrl).build()) {
            assertThat(started.status().journalUp()).isTrue();
            assertThat(log.at(Level.INFO))
                    .filteredOn(line -> line.startsWith("hangupby for account " + ACCOUNT))
                    .singleElement()
                    .asString()
                    .contains(told, "remembered in this process's memory")
                    .doesNotContain("canary", "/taskrouter/");
        }
    }

    /** A container that stops an application looks for threads of it that go on. */
    @Test
    void its_threads_end_with_it_and_belong_to_no_web_application() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Set<Thread> others = threads();
        Set<Thread> threads;
        try (URLClassLoader application = new URLClassLoader(new URL[0], before)) {
            Thread.currentThread().setContextClassLoader(application);
            try (HangUpBy started =
                    complete().recovery(r -> r.interval(Duration.ofMillis(10))).build()) {
                threads = threads();
                threads.removeAll(others);
                assertThat(threads)
                        .isNotEmpty()
                        .noneMatch(thread -> application.equals(thread.getContextClassLoader()));
                assertThat(started.status().journalUp()).isTrue();
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        for (Thread thread : threads) {
            thread.join(SOON.toMillis());
            assertThat(thread.isAlive()).isFalse();
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("hangupby-"))
                .collect(Collectors.toSet());
    }

    @Test
    void what_was_pasted_with_a_secret_is_no_part_of_it() {
        AccountSettings settings = new AccountBuilder("hangupby.")
                .accountSid(ACCOUNT)
                .authTokens(List.of(" a-token\n", "another\t"))
                .apiKey(" SK1")
                .apiSecret("a-secret\n")
                .build();

        assertThat(settings.authTokens()).containsExactly("a-token", "another");
        assertThat(settings.apiUser()).isEqualTo("SK1");
        assertThat(settings.apiPassword()).isEqualTo("a-secret");
    }

    private static HangUpByBuilder complete() {
        return HangUpBy.builder().accountSid(ACCOUNT).authToken("a-token");
    }
}
