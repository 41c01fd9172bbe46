package io.hangupby.internal.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hangupby.internal.journal.SchedulingPolicy;
import io.hangupby.journal.JournalException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database that is there, and that hangupby cannot use as it is. */
class UnusableDatabaseTest {
    @ParameterizedTest
    @EnumSource
    void missing_columns_are_named_by_the_commands_that_add_them(Product product) throws SQLException {
        DataSource source = source(product);
        TestDatabases.run(source, "alter table hangupby_task drop column parked_reason");
        TestDatabases.run(source, "alter table hangupby_task drop column field_owner");

        JournalException unusable = unusable(source);

        assertThat(unusable)
                .hasMessageStartingWith("the table hangupby_task lacks columns of this version of hangupby; add them: "
                        + "alter table hangupby_task add column field_owner varchar(34); "
                        + "alter table hangupby_task add column parked_reason varchar(1000); or drop")
                .hasMessageEndingWith("; then run " + product.file() + " of hangupby-core's jar");
        runInOneSession(
                source,
                String.valueOf(unusable.getMessage())
                        .replaceFirst("(?s).*add them: ", "")
                        .replaceFirst("; or drop.*", ""));
        assertThat(open(source).state().description()).contains("whose tables are complete");
    }

    @Test
    void a_missing_column_is_named_before_an_index_on_it_is_created() {
        DataSource source = TestDatabases.postgres();
        TestDatabases.run(source, "alter table hangupby_task drop column parked_at");

        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> open(source, true))
                .withMessageContaining("add column parked_at timestamp with time zone;");
    }

    @Test
    void a_locked_table_is_named() throws SQLException {
        DataSource source = TestDatabases.postgres();
        JdbcStore store = open(source);
        try (Connection other = source.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table hangupby_task in access exclusive mode");

            assertThatExceptionOfType(JournalException.class)
                    .isThrownBy(store::state)
                    .withMessage("the database was too slow, or a table is locked (SQL state 55P03);"
                            + " check its load, and the locks on its tables");
            other.rollback();
        }
    }

    @ParameterizedTest
    @EnumSource
    void columns_of_a_newer_version_do_not_matter(Product product) {
        DataSource source = source(product);
        TestDatabases.run(source, "alter table hangupby_task add column further varchar(34)");
        TestDatabases.run(source, "alter table hangupby_queue add column further varchar(34)");

        assertThat(open(source).state().description()).contains("whose tables are complete");
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void a_database_that_may_only_be_read_is_named(Product product) {
        assertThat(unusable(readOnly(product)))
                .hasMessage("the database is read-only (SQL state 25006); connect to the primary server,"
                        + " by connections that may write");
    }

    private static DataSource readOnly(Product product) {
        String schema = new TransactionManager(source(product))
                .inTransaction(
                        connection -> product == Product.MARIADB ? connection.getCatalog() : connection.getSchema());
        return product == Product.MARIADB
                ? MariaDbServer.running().dataSource(schema, "root", "&sessionVariables=tx_read_only=1")
                : TestDatabases.postgres("postgres", schema, "-c default_transaction_read_only=on");
    }

    @Test
    void a_wrong_password_and_a_missing_database_are_named() {
        JdbcDataSource wrong = new JdbcDataSource();
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        wrong.setURL(url);
        TestDatabases.run(wrong, "create user if not exists somebody password 'canary'");
        wrong.setUser("nobody");

        assertThat(unusable(wrong))
                .hasMessage("the database rejected the user or the password (SQL state 28000);"
                        + " correct those of the data source");
        assertThat(unusable(MariaDbServer.running().dataSource("missing")))
                .hasMessageStartingWith(
                        "the database does not exist on this server (SQL state 42000); correct the URL");
    }

    @Test
    void a_database_that_its_user_may_not_enter_is_named() {
        MariaDbServer server = MariaDbServer.running();
        TestDatabases.run(server.dataSource(""), "create user if not exists stranger");

        assertThat(unusable(server.dataSource("missing", "stranger")))
                .hasMessage("the database does not exist on this server, or its user lacks a right (SQL state 42000);"
                        + " correct the URL of the data source, or grant the user its rights"
                        + " (docs/operations/deployment.md)");
    }

    @Test
    void a_collation_of_mariadb_that_cannot_hold_all_texts_is_named() throws SQLException {
        DataSource source = TestDatabases.mariaDb();
        JdbcStore store = open(source);
        runInOneSession(
                source,
                "alter table hangupby_event drop foreign key hangupby_event_ibfk_1; "
                        + "alter table hangupby_event convert to character set latin1 collate latin1_swedish_ci");

        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(store::state)
                .withMessageStartingWith("the table hangupby_event has the collation latin1_swedish_ci, which cannot")
                .withMessageContaining("run " + Product.MARIADB.file());
    }

    private static DataSource source(Product product) {
        return switch (product) {
            case POSTGRESQL -> TestDatabases.postgres();
            case MARIADB -> TestDatabases.mariaDb();
            case H2 -> TestDatabases.h2();
        };
    }

    private static JournalException unusable(DataSource source) {
        return assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> open(source))
                .actual();
    }

    private static JdbcStore open(DataSource source) {
        return open(source, false);
    }

    private static JdbcStore open(DataSource source, boolean createTables) {
        return JdbcStore.open(
                source,
                Optional.empty(),
                createTables,
                Duration.ofDays(7),
                Clock.systemUTC(),
                Executors.newSingleThreadScheduledExecutor(),
                1,
                new SchedulingPolicy(false));
    }

    private static void runInOneSession(DataSource source, String commands) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String command : commands.split("; ", -1)) {
                statement.execute(command);
            }
        }
    }
}
