package io.hangupby.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hangupby.HangUpBy;
import io.hangupby.HangUpByConfigurationException;
import io.hangupby.simulator.TwilioSimulator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** A Spring Boot application whose database Flyway or Liquibase migrates. */
class DatabaseOfTheApplicationTest {
    private static final String OWN = "classpath:db/application";
    private static final String OURS = "classpath:io/hangupby/db/{vendor}";

    private final TwilioSimulator twilio = TwilioSimulator.builder().start();
    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

    @AfterEach
    void close() {
        twilio.close();
    }

    private ConfigurableApplicationContext start(Class<?> application, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "server.port",
                "0",
                "server.address",
                "127.0.0.1",
                "spring.autoconfigure.exclude",
                "",
                "spring.datasource.url",
                url,
                "hangupby.account-sid",
                twilio.accountSid(),
                "hangupby.auth-token",
                twilio.authToken(),
                "hangupby.workspace-sid",
                twilio.workspaceSid(),
                "hangupby.twilio.base-url",
                twilio.baseUrl().toString(),
                "hangupby.store",
                "jdbc"));
        all.putAll(settings);
        String[] arguments = all.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        return new SpringApplicationBuilder(application).run(arguments);
    }

    private static List<String> tables(ConfigurableApplicationContext application, String schema) {
        return application
                .getBean(JdbcTemplate.class)
                .queryForList(
                        "select lower(table_name) from information_schema.tables where table_schema = ? order by 1",
                        String.class,
                        schema)
                .stream()
                .filter(name -> name.startsWith("hangupby_") || name.equals("customer"))
                .toList();
    }

    private static Map<String, Object> migratedBy(String tool, boolean createTables) {
        return switch (tool) {
            case "flyway" ->
                Map.of(
                        "spring.flyway.enabled",
                        true,
                        "spring.flyway.locations",
                        createTables ? OWN : OWN + "," + OURS,
                        "hangupby.jdbc.create-tables",
                        createTables);
            case "liquibase" ->
                Map.of(
                        "spring.liquibase.enabled",
                        true,
                        "spring.liquibase.change-log",
                        OWN + (createTables ? "/changelog.xml" : "/changelog-with-hangupby.xml"),
                        "hangupby.jdbc.create-tables",
                        createTables);
            default -> throw new IllegalArgumentException(tool);
        };
    }

    @ParameterizedTest
    @CsvSource({"flyway, false", "flyway, true", "liquibase, false", "liquibase, true"})
    void is_migrated_before_hangupby_starts_on_an_empty_database_and_on_the_same_again(
            String tool, boolean createTables) {
        for (int run = 1; run <= 2; run++) {
            try (ConfigurableApplicationContext application =
                    start(Application.class, migratedBy(tool, createTables))) {
                assertThat(tables(application, "PUBLIC"))
                        .containsExactly(
                                "customer", "hangupby_event", "hangupby_leg", "hangupby_queue", "hangupby_task");
                assertThat(application.getBean(HangUpBy.class).status().due()).isZero();
            }
        }
    }

    @Test
    void without_tables_and_without_the_right_to_create_them_names_the_files() {
        assertThatThrownBy(() -> start(Application.class, Map.of()))
                .hasRootCauseInstanceOf(HangUpByConfigurationException.class)
                .rootCause()
                .hasMessageContaining("io/hangupby/db/h2/R__hangupby_0_1_tables.sql")
                .hasMessageContaining("hangupby.jdbc.create-tables=true");
    }

    @Test
    void can_have_the_tables_in_a_schema_of_their_own() {
        for (boolean createTables : List.of(true, false)) {
            try (ConfigurableApplicationContext application = start(
                    Application.class,
                    Map.of("hangupby.jdbc.schema", "phone", "hangupby.jdbc.create-tables", createTables))) {
                assertThat(tables(application, "PUBLIC")).isEmpty();
                assertThat(tables(application, "PHONE"))
                        .containsExactly("hangupby_event", "hangupby_leg", "hangupby_queue", "hangupby_task");
                assertThat(application.getBean(HangUpBy.class).status().due()).isZero();
            }
        }
    }

    /** The proxy gives whoever asks in a transaction the connection of that transaction. */
    @Test
    void an_event_from_within_a_transaction_is_stored_and_the_transaction_stays_its_callers() {
        try (ConfigurableApplicationContext application =
                start(WithTransactionAwareDataSource.class, Map.of("hangupby.jdbc.create-tables", true))) {
            JdbcTemplate own = application.getBean(JdbcTemplate.class);
            own.execute("create table customer (id int primary key)");
            DataSource source = application.getBean(DataSource.class);
            assertThat(source).isInstanceOf(TransactionAwareDataSourceProxy.class);
            TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(source));

            transaction.executeWithoutResult(status -> {
                own.update("insert into customer values (1)");
                assertThat(application.getBean(HangUpBy.class).acceptCallback(taskCreated()))
                        .isTrue();
                status.setRollbackOnly();
            });

            assertThat(own.queryForObject("select count(*) from customer", Integer.class))
                    .isZero();
            assertThat(own.queryForObject("select count(*) from hangupby_event", Integer.class))
                    .isEqualTo(1);
        }
    }

    private Map<String, String> taskCreated() {
        return Map.of(
                "EventType", "task.created",
                "AccountSid", twilio.accountSid(),
                "WorkspaceSid", twilio.workspaceSid(),
                "TaskSid", "WT" + "1".repeat(32),
                "TaskChannelUniqueName", "voice",
                "TimestampMs", Long.toString(System.currentTimeMillis()),
                "Timestamp", Long.toString(System.currentTimeMillis() / 1000));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class WithTransactionAwareDataSource {
        @Bean
        static BeanPostProcessor proxied() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource source ? new TransactionAwareDataSourceProxy(source) : bean;
                }
            };
        }
    }
}
