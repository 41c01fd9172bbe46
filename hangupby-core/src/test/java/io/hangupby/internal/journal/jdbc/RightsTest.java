package io.hangupby.internal.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hangupby.internal.journal.SchedulingPolicy;
import io.hangupby.journal.JournalException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A database whose user has some rights and lacks others. */
@ParameterizedClass
@EnumSource(
        value = Product.class,
        names = {"POSTGRESQL", "MARIADB"})
class RightsTest {
    private final Product product;
    private final DataSource owner;
    private final String schema;
    private final String user = "user_" + UUID.randomUUID().toString().substring(0, 8);
    private final DataSource limited;

    RightsTest(Product product) {
        this.product = product;
        this.owner = product == Product.MARIADB ? TestDatabases.mariaDb() : TestDatabases.postgres();
        this.schema = new TransactionManager(owner)
                .inTransaction(
                        connection -> product == Product.MARIADB ? connection.getCatalog() : connection.getSchema());
        if (product == Product.MARIADB) {
            TestDatabases.run(owner, "create user " + grantee());
        } else {
            TestDatabases.run(owner, "create role " + user + " login");
            TestDatabases.run(owner, "grant usage on schema " + schema + " to " + user);
        }
        for (String table : Tables.NAMES) {
            TestDatabases.run(
                    owner, "grant select, insert, update, delete on " + schema + "." + table + " to " + grantee());
        }
        this.limited =
                product == Product.MARIADB ? TestDatabases.mariaDb(user, schema) : TestDatabases.postgres(user, schema);
    }

    private String grantee() {
        return product == Product.MARIADB ? user + "@localhost" : user;
    }

    private JdbcStore open(boolean createTables, Optional<String> inSchema) {
        return JdbcStore.open(
                limited,
                inSchema,
                createTables,
                Duration.ofDays(7),
                Clock.systemUTC(),
                Executors.newSingleThreadScheduledExecutor(),
                1,
                new SchedulingPolicy(false));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void the_right_to_create_tables_is_not_needed_where_all_are_present(boolean createTables, boolean namesSchema) {
        JdbcStore store = open(createTables, namesSchema ? Optional.of(schema) : Optional.empty());

        assertThat(store.queue().size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"SELECT", "INSERT", "UPDATE", "DELETE"})
    void a_missing_right_on_a_table_is_named(String right) {
        TestDatabases.run(owner, "revoke " + right + " on " + schema + ".hangupby_event from " + grantee());

        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> open(true, Optional.empty()))
                .withMessageStartingWith(
                        "the database's user lacks the right " + right + " on the table hangupby_event (SQL state 42");
    }

    @ParameterizedTest
    @CsvSource({"drop table hangupby_event, the table hangupby_event, CREATE"})
    void what_is_missing_and_the_right_to_create_it_are_named(String command, String missing, String right) {
        TestDatabases.run(owner, command);

        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> open(true, Optional.empty()))
                .withMessageStartingWith(
                        missing + " is missing, and the database's user lacks the right to create it (SQL state 42")
                .withMessageContaining("grant " + right)
                .withMessageContaining(product.file());
        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> open(false, Optional.empty()))
                .withMessageContaining("hangupby_event");
    }
}
