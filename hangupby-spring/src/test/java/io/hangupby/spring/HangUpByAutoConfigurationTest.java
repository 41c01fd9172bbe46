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
    private static final AutoConfigurations OURS = AutoConfigurations.of(HangUpByAutoConfiguration.class);
    private static final AutoConfigurations ALL =
            AutoConfigurations.of(HangUpByAutoConfiguration.class, HangUpByNotMountedAutoConfiguration.class);

    private final WebApplicationContextRunner unset = new WebApplicationContextRunner().withConfiguration(OURS);
    private final WebApplicationContextRunner set =
            unset.withPropertyValues("hangupby.account-sid=" + ACCOUNT, "hangupby.auth-token=canary-token");

    @Nested
    class Mounting {

        @Test
        void needs_no_code_and_goes_to_the_default_path() {
            set.run(context -> {
                assertThat(context).hasSingleBean(HangUpBy.class);
                ServletRegistrationBean<?> servlet = context.getBean(ServletRegistrationBean.class);
                assertThat(servlet.getServlet()).isInstanceOf(HangUpByServlet.class);
                assertThat(servlet.getUrlMappings()).containsExactly("/hangupby/*");
            });
        }

        @ParameterizedTest
        @CsvSource({"/twilio", "/twilio/"})
        void goes_where_the_path_says(String path) {
            set.withPropertyValues("hangupby.path=" + path).run(context -> {
                ServletRegistrationBean<?> servlet = context.getBean(ServletRegistrationBean.class);
                assertThat(servlet.getUrlMappings()).containsExactly("/twilio/*");
            });
        }

        @Test
        void is_left_out_where_it_is_switched_off() {
            unset.withPropertyValues("hangupby.enabled=false")
                    .run(context -> assertThat(context)
                            .hasNotFailed()
                            .doesNotHaveBean(HangUpBy.class)
                            .doesNotHaveBean(ServletRegistrationBean.class));
        }

        @Test
        @ExtendWith(OutputCaptureExtension.class)
        void is_left_out_of_an_application_without_servlets_which_is_told_so(CapturedOutput output) {
            new ApplicationContextRunner()
                    .withConfiguration(ALL)
                    .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(HangUpBy.class));
            assertThat(output).containsOnlyOnce("hangupby is not mounted, as this is no servlet application");

            new ReactiveWebApplicationContextRunner()
                    .withConfiguration(ALL)
                    .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(HangUpBy.class));
            assertThat(output.getOut().split("hangupby is not mounted", -1)).hasSize(3);
        }

        @Test
        @ExtendWith(OutputCaptureExtension.class)
        void says_nothing_where_there_is_nothing_to_say(CapturedOutput output) {
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
        void takes_an_applications_own_hang_up_by() {
            HangUpBy own = HangUpBy.builder()
                    .accountSid(ACCOUNT)
                    .authToken("canary-own")
                    .build();
            unset.withBean(HangUpBy.class, () -> own)
                    .run(context -> assertThat(context.getBean(HangUpBy.class)).isSameAs(own));
        }

        @Test
        void shows_no_secret_in_its_properties() {
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
        void can_all_have_names() {
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
        void are_named_where_one_of_their_settings_is_wrong(String property, String named) {
            this.named
                    .withPropertyValues("hangupby.accounts." + property)
                    .run(context -> assertThat(analysis(context.getStartupFailure()))
                            .hasValueSatisfying(analysis -> assertThat(analysis.getDescription() + analysis.getAction())
                                    .contains("the property hangupby.accounts." + named + " ")
                                    .doesNotContain("foo-bar")));
        }
    }

    @Test
    void a_customizer_has_the_last_word() {
        set.withBean(HangUpByBuilderCustomizer.class, () -> builder -> builder.accountSid("AC" + "5".repeat(32)))
                .run(context -> assertThat(
                                context.getBean(HangUpBy.class).status().twilio())
                        .singleElement()
                        .satisfies(
                                status -> assertThat(status.account().value()).isEqualTo("AC" + "5".repeat(32))));
    }

    @Nested
    class Watching {
        private final WebApplicationContextRunner watching =
                set.withPropertyValues("hangupby.filter.enabled=true", "hangupby.filter.url-patterns=/one,/two/*");

        @Test
        @ExtendWith(OutputCaptureExtension.class)
        void is_left_out_unless_it_is_switched_on(CapturedOutput output) {
            set.withPropertyValues("hangupby.filter.url-patterns=/one").run(context -> {
                assertThat(context).doesNotHaveBean(FilterRegistrationBean.class);
                assertThat(output).contains("hangupby.filter.enabled is not");
            });
        }

        @Test
        @ExtendWith(OutputCaptureExtension.class)
        void is_in_front_of_the_handlers_that_it_is_told_of(CapturedOutput output) {
            watching.run(context -> {
                assertThat(output).doesNotContain("hangupby.filter.enabled is not");
                FilterRegistrationBean<?> filter = context.getBean(FilterRegistrationBean.class);
                assertThat(filter.getFilter()).isInstanceOf(HangUpByFilter.class);
                assertThat(filter.getUrlPatterns()).containsExactly("/one", "/two/*");
                assertThat(filter.isAsyncSupported()).isTrue();
                assertThat(filter.getOrder()).isEqualTo(Ordered.HIGHEST_PRECEDENCE + 10);
            });
        }

        @Test
        void gives_way_to_an_applications_own() {
            watching.withBean("hangUpByFilter", FilterRegistrationBean.class, FilterRegistrationBean::new)
                    .run(context -> assertThat(context.getBean(FilterRegistrationBean.class)
                                    .getFilter())
                            .isNull());
        }
    }

    @Nested
    class Keeping {
        private final WebApplicationContextRunner inDatabase = set.withPropertyValues("hangupby.store=jdbc");

        private static DataSource h2() {
            JdbcDataSource source = new JdbcDataSource();
            source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
            return source;
        }

        @Test
        void creates_its_tables_in_the_applications_database_where_it_is_told() {
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
        void is_in_memory_whatever_database_there_is_unless_told() {
            DataSource source = h2();
            set.withBean(DataSource.class, () -> source)
                    .run(context -> assertThat(context).hasNotFailed());

            inDatabase
                    .withBean(DataSource.class, () -> source)
                    .run(context -> assertThat(analysis(context.getStartupFailure()))
                            .hasValueSatisfying(analysis -> assertThat(analysis.getDescription() + analysis.getAction())
                                    .contains(
                                            "the property hangupby.store is jdbc, or a data source was given, but it cannot be used")
                                    .contains("h2.sql")
                                    .contains("hangupby.jdbc.create-tables=true")));
        }

        @Test
        void says_that_it_needs_one_database() {
            inDatabase.run(context -> assertThat(analysis(context.getStartupFailure()))
                    .hasValueSatisfying(analysis -> {
                        assertThat(analysis.getDescription())
                                .isEqualTo("hangupby cannot start: the property hangupby.store is jdbc,"
                                        + " but there is not one DataSource bean to use.");
                        assertThat(analysis.getAction()).contains("spring.datasource");
                    }));
            inDatabase
                    .withBean("one", DataSource.class, Keeping::h2)
                    .withBean("another", DataSource.class, Keeping::h2)
                    .run(context -> assertThat(context).hasFailed());
        }
    }

    @Nested
    class Spelling {
        private final String tooLong = "x".repeat(129);

        @Test
        void takes_the_longest_value_that_flex_insights_keeps() {
            set.withPropertyValues("hangupby.vocabulary.values.system=" + "x".repeat(128))
                    .run(context -> assertThat(context).hasNotFailed());
        }

        @Test
        void takes_an_environment_variable_for_more_than_a_property() {
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
        void names_the_missing_account() {
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
            "hangupby.jdbc.retention=23h, hangupby.jdbc.retention",
            "hangupby.twilio.max-concurrent-calls=0, hangupby.twilio.max-concurrent-calls",
            "hangupby.twilio.max-updates-per-second=-1, hangupby.twilio.max-updates-per-second"
        })
        void names_the_wrong_property_and_hides_its_value(String properties, String named) {
            set.withPropertyValues(properties.split(" ", -1))
                    .run(context -> assertThat(analysis(context.getStartupFailure()))
                            .hasValueSatisfying(analysis -> assertThat(analysis.getDescription() + analysis.getAction())
                                    .contains("the property " + named + " ")
                                    .doesNotContain("foo-bar")));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"hangupby.agent-maker=none", "hangupby.twilio.regoin=ie1", "hangupby.accounts.x.token=y"})
        void names_a_property_that_is_none(String misspelt) {
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
        void says_what_a_vocabulary_can_have(String property, String named, String possible) {
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
        void refuses_a_value_that_flex_insights_would_cut_off_however_its_name_is_written(String name) {
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
    void a_configuration_failure_has_its_analyzer() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
                        .load(FailureAnalyzer.class, (type, name, failure) -> {}))
                .anyMatch(HangUpByConfigurationFailureAnalyzer.class::isInstance);
    }
}
