package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hangupby.HangUpBy;
import io.hangupby.HangUpByConfigurationException;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import javax.naming.Context;
import javax.naming.spi.InitialContextFactory;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitParametersTest {
    private static final String ACCOUNT = "AC" + "0".repeat(32);
    private static final Map<String, String> NO_ENVIRONMENT = Map.of();

    @Test
    void a_servlet_in_web_xml_starts_from_its_init_parameters() throws Exception {
        Server server = new Server();
        try (TwilioSimulator twilio = TwilioSimulator.builder().start()) {
            ServletHolder servlet = new ServletHolder(HangUpByServlet.class);
            servlet.setInitParameter("account-sid", twilio.accountSid());
            servlet.setInitParameter("auth-token", "an old one");
            servlet.setInitParameter("auth-tokens", "a lost one, " + twilio.authToken());
            servlet.setInitParameter("agent-marker", "none");
            servlet.setInitParameter("vocabulary.values.agent", "Our side");
            servlet.setInitParameter("preset-on-create", "true");
            servlet.setInitParameter("twilio.base-url", twilio.baseUrl().toString());
            ServletContextHandler context = new ServletContextHandler();
            context.addServlet(servlet, "/calls/*");
            server.setHandler(context);
            ServerConnector connector = new ServerConnector(server);
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            server.start();
            String address = "http://127.0.0.1:" + connector.getLocalPort() + "/calls/taskrouter";
            twilio.callback(URI.create(address), address);
            Agent agent = twilio.browserAgent("Alice");

            SimulatedCall call = twilio.inboundCall().waitsInQueue();
            call.task().awaitHangUpBy("customer", Duration.ofSeconds(10));
            call.rings(agent).accepts(agent).agentCrashes(agent);

            call.task().awaitHangUpBy("Our side", Duration.ofSeconds(10));
            LifeCycle.stop(server);
        }
    }

    @Test
    void a_missing_parameter_comes_from_the_environment() {
        Map<String, String> environment =
                Map.of("HANGUPBY_AUTH_TOKEN", "canary-secret", "HANGUPBY_TWILIO_BASE_URL", "nonsense");
        assertThatThrownBy(() -> InitParameters.of(config(Map.of("account-sid", ACCOUNT)), environment)
                        .build())
                .isInstanceOfSatisfying(
                        HangUpByConfigurationException.class,
                        wrong -> assertThat(wrong.property()).isEqualTo("hangupby.twilio.base-url"));
    }

    @Test
    void a_missing_parameter_comes_from_a_system_property_rather_than_from_the_environment() {
        Map<String, String> environment = Map.of("HANGUPBY_AUTH_TOKEN", "canary-secret", "HANGUPBY_ACCOUNT_SID", "AC1");
        System.setProperty("hangupby.account-sid", ACCOUNT);
        System.setProperty("hangupby.filter.public-url", "https://cc.example.com/");
        try {
            InitParameters.of(config(Map.of()), environment).build().close();
            assertThat(InitParameters.filterPublicUrl(filterConfig(Map.of()), environment))
                    .contains("https://cc.example.com/");
        } finally {
            System.clearProperty("hangupby.account-sid");
            System.clearProperty("hangupby.filter.public-url");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "agent-marker, plug-in, hangupby.agent-marker",
        "twilio.max-concurrent-calls, many, hangupby.twilio.max-concurrent-calls",
        "twilio.max-concurrent-calls, 0, hangupby.twilio.max-concurrent-calls",
        "twilio.max-updates-per-second, -1, hangupby.twilio.max-updates-per-second",
        "twilio.write-on-event-version, sometimes, hangupby.twilio.write-on-event-version",
        "recovery.interval, often, hangupby.recovery.interval",
        "recovery.interval, 1 day, hangupby.recovery.interval",
        "recovery.look-back, 0, hangupby.recovery.look-back",
        "recovery.look-back, 0ms, hangupby.recovery.look-back",
        "workspace-sid, WS1, hangupby.workspace-sid",
        "twilio.region, eu.example.com, hangupby.twilio.region",
        "twilio.edge, Dublin, hangupby.twilio.edge",
        "public-url, hooks.example.com, hangupby.public-url",
        "public-urls, 'https://a.example.com, b.example.com', hangupby.public-url",
        "api-key, SK1, hangupby.api-secret",
        "api-secret, s, hangupby.api-key",
        "account-sid, AC1, hangupby.account-sid",
        "account-sid, '', hangupby.account-sid",
        "auth-token, '', hangupby.auth-token",
        "auth-token, ${TWILIO_AUTH_TOKEN}, hangupby.auth-token",
        "dry-run, maybe, hangupby.dry-run",
        "preset-on-create, maybe, hangupby.preset-on-create",
        "trust-forwarded-headers, maybe, hangupby.trust-forwarded-headers",
        "vocabulary.style, shouting, hangupby.vocabulary.style",
        "vocabulary.values.nobody, x, vocabulary.values.nobody",
        "auth_token, t, auth_token",
        "accounts.sales.auth_token, t, accounts.sales.auth_token",
        "accounts.sales.account-sid, AC1, hangupby.accounts.sales.auth-token",
        "jdbc.create-tables, true, jdbc.data-source",
        "jdbc.schema, phone, jdbc.data-source",
        "jdbc.data-source, jdbc/nothing, jdbc.data-source"
    })
    void a_wrong_parameter_is_named_without_its_value(String name, String value, String named) {
        Map<String, String> parameters = new HashMap<>(Map.of("account-sid", ACCOUNT, "auth-token", "canary-token"));
        parameters.put(name, value);
        assertThatThrownBy(() ->
                        InitParameters.of(config(parameters), NO_ENVIRONMENT).build())
                .isInstanceOfSatisfying(HangUpByConfigurationException.class, wrong -> {
                    assertThat(wrong.property()).isEqualTo(named);
                    assertThat(wrong.remedy()).isNotBlank();
                });
    }

    @Test
    void further_accounts_are_named_by_parameters_and_their_secrets_come_from_the_environment() {
        String sales = "AC" + "1".repeat(32);
        try (HangUpBy both = InitParameters.of(
                        config(Map.of(
                                "account-sid",
                                ACCOUNT,
                                "auth-token",
                                "canary-token",
                                "accounts.sales.account-sid",
                                sales,
                                "accounts.sales.twilio.base-url",
                                "http://127.0.0.1:9")),
                        Map.of("HANGUPBY_ACCOUNTS_SALES_AUTH_TOKENS", "canary-one, canary-two"))
                .build()) {
            assertThat(both.status().twilio())
                    .extracting(account -> account.account().value())
                    .containsExactly(ACCOUNT, sales);
        }
    }

    @Test
    void a_database_comes_from_jndi() {
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Names.class.getName());
        try {
            assertThatThrownBy(() -> InitParameters.of(
                                    config(Map.of(
                                            "account-sid", ACCOUNT,
                                            "auth-token", "canary-token",
                                            "jdbc.data-source", "jdbc/calls")),
                                    NO_ENVIRONMENT)
                            .build())
                    .isInstanceOf(HangUpByConfigurationException.class)
                    .hasMessageContaining("database");
            assertThat(Names.lookedUp).contains("java:comp/env/jdbc/calls");
        } finally {
            System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
        }
    }

    @Test
    void the_schema_of_the_tables_is_a_parameter() {
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Names.class.getName());
        try {
            assertThatThrownBy(() -> InitParameters.of(
                                    config(Map.of(
                                            "account-sid", ACCOUNT,
                                            "auth-token", "canary-token",
                                            "jdbc.data-source", "jdbc/calls",
                                            "jdbc.schema", "no name")),
                                    NO_ENVIRONMENT)
                            .build())
                    .isInstanceOfSatisfying(
                            HangUpByConfigurationException.class,
                            wrong -> assertThat(wrong.property()).isEqualTo("hangupby.jdbc.schema"));
        } finally {
            System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
        }
    }

    /** A container's names, with a database that does not respond. */
    public static final class Names implements InitialContextFactory {
        private static final List<String> lookedUp = new ArrayList<>();

        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) {
            return proxy(Context.class, (method, arguments) -> {
                if (method.equals("lookup")) {
                    lookedUp.add(String.valueOf(arguments[0]));
                }
                return proxy(DataSource.class, (ofDatabase, none) -> {
                    throw new SQLException("no database", "08001");
                });
            });
        }

        private interface Behaviour {
            Object run(String method, Object[] arguments) throws Exception;
        }

        private static <T> T proxy(Class<T> type, Behaviour behaviour) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (self, method, arguments) -> behaviour.run(method.getName(), arguments)));
        }
    }

    @Test
    void a_missing_parameter_is_named_with_the_three_places_for_it() {
        assertThatThrownBy(() ->
                        InitParameters.start(InitParameters.of(config(Map.of("account-sid", ACCOUNT)), NO_ENVIRONMENT)))
                .isInstanceOf(HangUpByConfigurationException.class)
                .hasMessageStartingWith("hangupby.auth-token is missing; set it to the account's auth token")
                .hasMessageContainingAll(
                        "init parameter auth-token", "HANGUPBY_AUTH_TOKEN", "system property hangupby.auth-token");
    }

    @Test
    void a_value_too_long_for_flex_insights_is_rejected() {
        Map<String, String> parameters = Map.of("account-sid", ACCOUNT, "auth-token", "canary-token");
        Map<String, String> environment = Map.of("HANGUPBY_VOCABULARY_VALUES_COLD_TRANSFER", "x".repeat(129));
        assertThatThrownBy(
                        () -> InitParameters.of(config(parameters), environment).build())
                .isInstanceOfSatisfying(HangUpByConfigurationException.class, wrong -> {
                    assertThat(wrong.property()).isEqualTo("hangupby.vocabulary.values.cold-transfer");
                    assertThat(wrong.remedy()).contains("128");
                });
    }

    @Test
    void a_filter_has_one_more_parameter_and_rejects_unknown_parameters() {
        Map<String, String> parameters = Map.of(
                "account-sid", ACCOUNT, "auth-token", "canary-token", "filter.public-url", "https://cc.example.com/");
        assertThat(InitParameters.filterPublicUrl(filterConfig(parameters), NO_ENVIRONMENT))
                .contains("https://cc.example.com/");
        InitParameters.of(filterConfig(parameters), NO_ENVIRONMENT).build().close();

        for (String wrong : List.of("public_url", "public-url")) {
            assertThatThrownBy(() -> InitParameters.of(filterConfig(Map.of(wrong, "")), NO_ENVIRONMENT))
                    .isInstanceOf(HangUpByConfigurationException.class)
                    .hasMessageContainingAll(wrong, "HangUpByFilter", "filter.public-url");
        }
        Map<String, String> ofTheServlet = Map.of("HANGUPBY_PUBLIC_URL", "not for filters");
        InitParameters.of(filterConfig(parameters), ofTheServlet).build().close();
        assertThatThrownBy(() -> InitParameters.of(config(parameters), NO_ENVIRONMENT))
                .isInstanceOf(HangUpByConfigurationException.class)
                .hasMessageContainingAll("filter.public-url", "HangUpByServlet");
    }

    @Test
    void the_page_of_the_configuration_has_each_parameter() throws IOException {
        List<String> documented = Files.readAllLines(Path.of("../docs/configuration.md")).stream()
                .filter(line -> line.startsWith("| `hangupby."))
                .map(line -> line.split("\\|", -1)[3].strip().replace("`", ""))
                .filter(name -> !name.equals("-"))
                .map(name -> name.replaceFirst("<.*", ""))
                .toList();
        List<String> known = new ArrayList<>(parameters(() -> InitParameters.of(config(Map.of("x", "")), Map.of())));
        known.addAll(parameters(() -> InitParameters.of(filterConfig(Map.of("x", "")), Map.of())));

        assertThat(known.stream()
                        .map(name -> name.replaceFirst("(?<=^accounts\\.|^vocabulary\\.values\\.|^details\\.).*", ""))
                        .filter(name -> !name.equals("jdbc.data-source"))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(documented);
    }

    /** Returns the names that an unknown parameter is rejected with. */
    private static List<String> parameters(ThrowingCallable unknown) {
        String message = String.valueOf(catchThrowable(unknown).getMessage());
        return List.of(message.replaceFirst("(?s).*use one of \\[", "")
                .replaceFirst("].*", "")
                .split(", "));
    }

    private static FilterConfig filterConfig(Map<String, String> parameters) {
        ServletConfig servlet = config(parameters);
        return new FilterConfig() {
            @Override
            public String getFilterName() {
                return servlet.getServletName();
            }

            @Override
            public ServletContext getServletContext() {
                return servlet.getServletContext();
            }

            @Override
            public @Nullable String getInitParameter(String name) {
                return servlet.getInitParameter(name);
            }

            @Override
            public Enumeration<String> getInitParameterNames() {
                return servlet.getInitParameterNames();
            }
        };
    }

    private static ServletConfig config(Map<String, String> parameters) {
        return new ServletConfig() {
            @Override
            public String getServletName() {
                return "hangupby";
            }

            @Override
            public ServletContext getServletContext() {
                throw new IllegalStateException("nobody needs it");
            }

            @Override
            public @Nullable String getInitParameter(String name) {
                return parameters.get(name);
            }

            @Override
            public Enumeration<String> getInitParameterNames() {
                return Collections.enumeration(parameters.keySet());
            }
        };
    }
}
