package io.hangupby.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.HangUpBy;
import io.hangupby.servlet.HangUpByFilter;
import io.hangupby.servlet.HangUpByServlet;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;

class HangUpByAutoConfigurationTest {
    private static final String ACCOUNT = "AC" + "0".repeat(32);
    private static final AutoConfigurations OURS =
            AutoConfigurations.of(HangUpByAutoConfiguration.class, HangUpByServletAutoConfiguration.class);
    private static final AutoConfigurations ALL =
            AutoConfigurations.of(HangUpByAutoConfiguration.class, HangUpByNotMountedAutoConfiguration.class);

    private final WebApplicationContextRunner unset = new WebApplicationContextRunner().withConfiguration(OURS);
    private final WebApplicationContextRunner set =
            unset.withPropertyValues("hangupby.account-sid=" + ACCOUNT, "hangupby.auth-token=canary-token");

    @Nested
    class Mounting {

        @Test
        void the_servlet_is_mounted_at_the_default_path_without_code() {
            set.run(context -> {
                assertThat(context).hasSingleBean(HangUpBy.class);
                ServletRegistrationBean<?> servlet = context.getBean(ServletRegistrationBean.class);
                assertThat(servlet.getServlet()).isInstanceOf(HangUpByServlet.class);
                assertThat(servlet.getUrlMappings()).containsExactly("/hangupby/*");
            });
        }

        @ParameterizedTest
        @CsvSource({"/twilio", "/twilio/"})
        void the_servlet_is_mounted_at_the_configured_path(String path) {
            set.withPropertyValues("hangupby.path=" + path).run(context -> {
                ServletRegistrationBean<?> servlet = context.getBean(ServletRegistrationBean.class);
                assertThat(servlet.getUrlMappings()).containsExactly("/twilio/*");
            });
        }

        @Test
        void hangupby_is_absent_if_disabled() {
            unset.withPropertyValues("hangupby.enabled=false")
                    .run(context -> assertThat(context)
                            .hasNotFailed()
                            .doesNotHaveBean(HangUpBy.class)
                            .doesNotHaveBean(ServletRegistrationBean.class));
        }

        @Test
        @ExtendWith(OutputCaptureExtension.class)
        void an_application_without_a_web_server_logs_that_hangupby_is_not_mounted(CapturedOutput output) {
            new ApplicationContextRunner()
                    .withConfiguration(ALL)
                    .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(HangUpBy.class));
            assertThat(output).containsOnlyOnce("hangupby is not mounted, because this is not a web application");
        }

        @Test
        @ExtendWith(OutputCaptureExtension.class)
        void a_reactive_application_needs_no_servlets(CapturedOutput output) {
            new ReactiveWebApplicationContextRunner()
                    .withClassLoader(new FilteredClassLoader("jakarta.servlet"))
                    .withPropertyValues("hangupby.account-sid=" + ACCOUNT, "hangupby.auth-token=canary-token")
                    .withConfiguration(AutoConfigurations.of(
                            HangUpByAutoConfiguration.class,
                            HangUpByServletAutoConfiguration.class,
                            HangUpByWebFluxAutoConfiguration.class,
                            HangUpByNotMountedAutoConfiguration.class))
                    .run(context ->
                            assertThat(context).hasSingleBean(HangUpBy.class).hasSingleBean(HangUpByWebFilter.class));
            assertThat(output).doesNotContain("hangupby is not mounted");
        }

        @Test
        @ExtendWith(OutputCaptureExtension.class)
        void nothing_is_logged_if_hangupby_is_disabled_or_mounted(CapturedOutput output) {
            new ApplicationContextRunner()
                    .withConfiguration(ALL)
                    .withPropertyValues("hangupby.enabled=false")
                    .run(context -> assertThat(context).hasNotFailed());
            unset.withConfiguration(ALL)
                    .withPropertyValues("hangupby.account-sid=" + ACCOUNT, "hangupby.auth-token=token")
                    .run(context -> assertThat(context).hasNotFailed());
            assertThat(output).doesNotContain("hangupby is not mounted");
        }

        @Test
        void the_applications_own_hang_up_by_replaces_ours() {
            HangUpBy own = HangUpBy.builder()
                    .accountSid(ACCOUNT)
                    .authToken("canary-own")
                    .build();
            unset.withBean(HangUpBy.class, () -> own)
                    .run(context -> assertThat(context.getBean(HangUpBy.class)).isSameAs(own));
        }

        @Test
        void the_properties_show_no_secret() {
            set.withPropertyValues("hangupby.api-key=SK1", "hangupby.api-secret=canary-secret")
                    .run(context -> assertThat(
                                    context.getBean(HangUpByProperties.class).toString())
                            .doesNotContain("canary"));
        }
    }

    @Nested
    class Accounts {
        private final WebApplicationContextRunner named = unset.withPropertyValues(
                "hangupby.accounts.sales.account-sid=" + ACCOUNT,
                "hangupby.accounts.sales.auth-token=canary-sales",
                "hangupby.accounts.sales.workspace-sid=WS" + "1".repeat(32),
                "hangupby.accounts.service.account-sid=AC" + "1".repeat(32),
                "hangupby.accounts.service.auth-tokens=canary-new,canary-old",
                "hangupby.accounts.service.api-key=SK1",
                "hangupby.accounts.service.api-secret=canary-secret",
                "hangupby.accounts.service.twilio.base-url=http://127.0.0.1:9");

        @Test
        void named_accounts_need_no_default_account() {
            named.run(context -> {
                assertThat(context.getBean(HangUpBy.class).status().twilio())
                        .extracting(status -> status.account().value())
                        .containsExactly(ACCOUNT, "AC" + "1".repeat(32));
                assertThat(context.getBean(HangUpByProperties.class).accounts().toString())
                        .contains(ACCOUNT)
                        .doesNotContain("canary");
            });
        }

        @ParameterizedTest
        @CsvSource({
            "service.account-sid=ACfoo-bar, service.account-sid",
            "service.auth-tokens=, service.auth-token",
            "service.api-secret=, service.api-secret",
            "service.workspace-sid=WSfoo-bar, service.workspace-sid",
            "service.twilio.base-url=foo-bar, service.twilio.base-url",
            "more.auth-token=foo-bar, more.account-sid"
        })
        void an_account_with_a_wrong_setting_is_named(String property, String named) {
            this.named
                    .withPropertyValues("hangupby.accounts." + property)
                    .run(context -> assertThat(analysis(context.getStartupFailure()))
                            .hasValueSatisfying(analysis -> assertThat(analysis.getDescription() + analysis.getAction())
                                    .contains("the property hangupby.accounts." + named + " ")
                                    .doesNotContain("foo-bar")));
        }
    }

    @Test
    void a_customizer_overrides_the_properties() {
        set.withBean(HangUpByBuilderCustomizer.class, () -> builder -> builder.accountSid("AC" + "5".repeat(32)))
                .run(context -> assertThat(
                                context.getBean(HangUpBy.class).status().twilio())
                        .singleElement()
                        .satisfies(
                                status -> assertThat(status.account().value()).isEqualTo("AC" + "5".repeat(32))));
    }

    @Nested
    class Filtering {
        private final WebApplicationContextRunner filtering =
                set.withPropertyValues("hangupby.filter.enabled=true", "hangupby.filter.url-patterns=/one,/two/*");

        @Test
        @ExtendWith(OutputCaptureExtension.class)
        void the_filter_is_absent_by_default_and_a_useless_setting_is_logged(CapturedOutput output) {
            set.withPropertyValues("hangupby.filter.url-patterns=/one").run(context -> {
                assertThat(context).doesNotHaveBean(FilterRegistrationBean.class);
                assertThat(output).contains("hangupby.filter.enabled is not");
            });
        }

        @Test
        @ExtendWith(OutputCaptureExtension.class)
        void the_filter_is_mounted_in_front_of_the_configured_handlers(CapturedOutput output) {
            filtering.run(context -> {
                assertThat(output).doesNotContain("hangupby.filter.enabled is not");
                FilterRegistrationBean<?> filter = context.getBean(FilterRegistrationBean.class);
                assertThat(filter.getFilter()).isInstanceOf(HangUpByFilter.class);
                assertThat(filter.getUrlPatterns()).containsExactly("/one", "/two/*");
                assertThat(filter.isAsyncSupported()).isTrue();
                assertThat(filter.getOrder()).isEqualTo(Ordered.HIGHEST_PRECEDENCE + 10);
            });
        }

        @Test
        void the_applications_own_filter_replaces_ours() {
            filtering
                    .withBean("hangUpByFilter", FilterRegistrationBean.class, FilterRegistrationBean::new)
                    .run(context -> assertThat(context.getBean(FilterRegistrationBean.class)
                                    .getFilter())
                            .isNull());
        }
    }

    @Nested
    class Storing {
        private final WebApplicationContextRunner inDatabase = set.withPropertyValues("hangupby.store=jdbc");

        private static DataSource h2() {
            JdbcDataSource source = new JdbcDataSource();
            source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
            return source;
        }

        @Test
        void creates_the_tables_in_the_applications_database_if_configured() {
            DataSource source = h2();
            inDatabase
                    .withPropertyValues("hangupby.jdbc.create-tables=true")
                    .withBean(DataSource.class, () -> source)
                    .run(context -> assertThat(context).hasNotFailed());

            inDatabase
                    .withBean(DataSource.class, () -> source)
                    .run(context -> assertThat(context).hasNotFailed());
        }

        @Test
        void the_journal_is_in_memory_by_default_even_with_a_database() {
            DataSource source = h2();
            set.withBean(DataSource.class, () -> source)
                    .run(context -> assertThat(context).hasNotFailed());

            inDatabase
                    .withBean(DataSource.class, () -> source)
                    .run(context -> assertThat(analysis(context.getStartupFailure()))
                            .hasValueSatisfying(analysis -> assertThat(analysis.getDescription() + analysis.getAction())
                                    .contains(
                                            "the property hangupby.store is jdbc, or a data source was given, but it cannot be used")
                                    .contains("io/hangupby/db/h2/")
                                    .contains("hangupby.jdbc.create-tables=true")));
        }

        @Test
        void create_tables_without_store_jdbc_fails_with_the_remedy() {
            set.withPropertyValues("hangupby.jdbc.create-tables=true")
                    .withBean(DataSource.class, Storing::h2)
                    .run(context -> assertThat(analysis(context.getStartupFailure()))
                            .hasValueSatisfying(analysis -> {
                                assertThat(analysis.getDescription())
                                        .contains("the property hangupby.jdbc.create-tables is set, but");
                                assertThat(analysis.getAction()).contains("hangupby.store=jdbc");
                            }));
        }

        @Test
        void store_jdbc_without_a_single_database_fails_with_the_remedy() {
            inDatabase.run(context -> assertThat(analysis(context.getStartupFailure()))
                    .hasValueSatisfying(analysis -> {
                        assertThat(analysis.getDescription())
                                .isEqualTo("hangupby cannot start: the property hangupby.store is jdbc,"
                                        + " but the application does not have exactly one DataSource bean.");
                        assertThat(analysis.getAction()).contains("spring.datasource");
                    }));
            inDatabase
                    .withBean("one", DataSource.class, Storing::h2)
                    .withBean("another", DataSource.class, Storing::h2)
                    .run(context -> assertThat(context).hasFailed());
        }
    }

    @Nested
    class Vocabulary {
        private final String tooLong = "x".repeat(129);

        @Test
        void accepts_the_longest_value_that_flex_insights_keeps() {
            set.withPropertyValues("hangupby.vocabulary.values.system=" + "x".repeat(128))
                    .run(context -> assertThat(context).hasNotFailed());
        }

        @Test
        void an_environment_variable_overrides_a_property() {
            overridden(tooLong, "right").run(context -> assertThat(context).hasNotFailed());
            overridden("right", tooLong).run(context -> assertThat(context).hasFailed());
        }

        private WebApplicationContextRunner overridden(String property, String variable) {
            ApplicationContextInitializer<ConfigurableApplicationContext> environment =
                    context -> context.getEnvironment()
                            .getPropertySources()
                            .addFirst(new SystemEnvironmentPropertySource(
                                    "test-systemEnvironment",
                                    Map.of("HANGUPBY_VOCABULARY_VALUES_COLD_TRANSFER", variable)));
            return set.withPropertyValues("hangupby.vocabulary.values.cold-transfer=" + property)
                    .withInitializer(environment);
        }
    }

    @Nested
    class Failing {

        @Test
        void a_missing_account_is_named() {
            unset.run(context -> assertThat(analysis(context.getStartupFailure()))
                    .hasValueSatisfying(analysis -> {
                        assertThat(analysis.getDescription())
                                .isEqualTo("hangupby cannot start: the property hangupby.auth-token is missing.");
                        assertThat(analysis.getAction())
                                .isEqualTo("Set it to the account's auth token, which Twilio's Console shows. "
                                        + "To start without hangupby, set hangupby.enabled=false.");
                    }));
        }

        @ParameterizedTest
        @CsvSource({
            "hangupby.account-sid=, hangupby.account-sid",
            "hangupby.account-sid=ACfoo-bar, hangupby.account-sid",
            "hangupby.auth-token=, hangupby.auth-token",
            "hangupby.workspace-sid=WSfoo-bar, hangupby.workspace-sid",
            "hangupby.public-url=/foo-bar, hangupby.public-url",
            "hangupby.api-key=foo-bar, hangupby.api-secret",
            "hangupby.twilio.base-url=ftp://foo-bar, hangupby.twilio.base-url",
            "hangupby.recovery.interval=-1s, hangupby.recovery.interval",
            "hangupby.filter.enabled=true, hangupby.filter.url-patterns",
            "hangupby.filter.enabled=true hangupby.filter.url-patterns=foo-bar, hangupby.filter.url-patterns",
            "hangupby.filter.enabled=true hangupby.filter.url-patterns=/foo-bar/**, hangupby.filter.url-patterns",
            "hangupby.filter.enabled=true hangupby.filter.url-patterns=/{foo-bar}, hangupby.filter.url-patterns",
            "hangupby.channels=, hangupby.channels",
            "hangupby.path=foo-bar, hangupby.path",
            "hangupby.path=/foo-bar/*, hangupby.path",
            "hangupby.path=, hangupby.path",
            "hangupby.filter.enabled=true hangupby.filter.url-patterns=/ hangupby.filter.public-url=foo-bar, hangupby.filter.public-url",
            "hangupby.recovery.look-back=0, hangupby.recovery.look-back",
            "hangupby.twilio.max-concurrent-calls=0, hangupby.twilio.max-concurrent-calls",
            "hangupby.twilio.max-updates-per-second=-1, hangupby.twilio.max-updates-per-second"
        })
        void a_wrong_property_is_named_without_its_value(String properties, String named) {
            set.withPropertyValues(properties.split(" ", -1))
                    .run(context -> assertThat(analysis(context.getStartupFailure()))
                            .hasValueSatisfying(analysis -> assertThat(analysis.getDescription() + analysis.getAction())
                                    .contains("the property " + named + " ")
                                    .doesNotContain("foo-bar")));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"hangupby.agent-maker=none", "hangupby.twilio.regoin=ie1", "hangupby.accounts.x.token=y"})
        void an_unknown_property_is_named(String misspelt) {
            set.withPropertyValues(misspelt)
                    .run(context -> assertThat(context.getStartupFailure())
                            .hasStackTraceContaining("[" + misspelt.replaceFirst("=.*", "") + "]"));
        }

        @ParameterizedTest
        @CsvSource({
            "hangupby.vocabulary.style=foo-bar, hangupby.vocabulary.style, lower or title",
            "hangupby.vocabulary.values.nobody=foo-bar, hangupby.vocabulary.values.nobody, cold-transfer",
            "hangupby.vocabulary.values.nobody=foo-bar, hangupby.vocabulary.values.nobody, external-warm-transfer"
        })
        void a_wrong_vocabulary_key_fails_with_the_valid_keys(String property, String named, String possible) {
            set.withPropertyValues(property)
                    .run(context -> assertThat(analysis(context.getStartupFailure()))
                            .hasValueSatisfying(analysis -> {
                                assertThat(analysis.getDescription()).contains("the property " + named + " ");
                                assertThat(analysis.getAction())
                                        .contains(possible)
                                        .doesNotContain("foo-bar")
                                        .doesNotContain("unknown");
                            }));
        }

        @ParameterizedTest
        @CsvSource({"cold-transfer", "coldTransfer", "cold_transfer", "COLD_TRANSFER", "cold.transfer"})
        void rejects_a_value_that_flex_insights_would_cut_off(String name) {
            set.withPropertyValues("hangupby.vocabulary.values." + name + "=" + "x".repeat(129))
                    .run(context -> assertThat(analysis(context.getStartupFailure()))
                            .hasValueSatisfying(analysis -> assertThat(analysis.getDescription())
                                    .contains("the property hangupby.vocabulary.values.cold-transfer ")));
        }
    }

    private static Optional<FailureAnalysis> analysis(@Nullable Throwable failure) {
        HangUpByConfigurationFailureAnalyzer analyzer = new HangUpByConfigurationFailureAnalyzer();
        return Optional.ofNullable(failure).map(analyzer::analyze);
    }

    @Test
    void a_configuration_failure_has_an_analyzer() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
                        .load(FailureAnalyzer.class, (type, name, failure) -> {}))
                .anyMatch(HangUpByConfigurationFailureAnalyzer.class::isInstance);
    }
}
