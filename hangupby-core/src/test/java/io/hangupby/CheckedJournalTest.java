package io.hangupby;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.check.CheckReport;
import io.hangupby.check.CheckReport.Line;
import io.hangupby.check.CheckReport.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class CheckedJournalTest {
    private final JdbcDataSource source = new JdbcDataSource();

    @Test
    void in_a_database_is_ok_with_its_versions() {
        try (CheckedSetup setup = setup("right")) {
            Line line = setup.line("journal");

            assertThat(line.status()).as(line.toString()).isEqualTo(Status.OK);
            assertThat(line.seen())
                    .matches(
                            "In a database, H2 \\S+, whose tables are complete and writable; db-scheduler 16\\.\\d+.*");
        }
    }

    @Test
    void without_a_table_is_wrong() throws SQLException {
        try (CheckedSetup setup = setup("table")) {
            execute("drop table hangupby_event");
            Line line = setup.line("journal");

            assertThat(line.status()).isEqualTo(Status.WRONG);
            assertThat(line.seen()).startsWith("The journal cannot be used: the table hangupby_event cannot be used");
            assertThat(line.remedy()).contains("R__hangupby_0_1_tables.sql", "hangupby.jdbc.create-tables=true");
        }
    }

    @Test
    void without_a_column_is_wrong_and_the_command_of_the_line_mends_it() throws SQLException {
        try (CheckedSetup setup = setup("column")) {
            execute("alter table hangupby_task drop column parked_reason");
            Line line = setup.line("journal");

            assertThat(line.status()).isEqualTo(Status.WRONG);
            assertThat(line.seen()).startsWith("The journal cannot be used: the table hangupby_task lacks columns");
            execute(line.remedy().replaceFirst("add them: ", "").replaceFirst("; or .*", ""));
            assertThat(setup.line("journal").status()).isEqualTo(Status.OK);
        }
    }

    @Test
    void that_fails_as_no_journal_should_is_wrong_and_the_other_lines_are_there() {
        try (CheckedSetup setup = setup("failing")) {
            source.setURL("no URL at all");
            CheckReport report = setup.check();

            assertThat(CheckedSetup.line(report, "journal").status()).isEqualTo(Status.WRONG);
            assertThat(CheckedSetup.line(report, "callback-url").status()).isEqualTo(Status.OK);
        }
    }

    @Test
    void without_a_database_is_wrong_and_the_other_lines_are_there() throws SQLException {
        try (CheckedSetup setup = setup("gone")) {
            execute("shutdown");
            source.setURL("jdbc:h2:tcp://127.0.0.1:1/none");

            assertThat(setup.line("journal").status()).isEqualTo(Status.WRONG);
            assertThat(setup.line("callback-url").status()).isEqualTo(Status.OK);
        }
    }

    private CheckedSetup setup(String database) {
        source.setURL("jdbc:h2:mem:check-" + database + ";DB_CLOSE_DELAY=-1");
        return new CheckedSetup(builder -> builder.jdbc(source, jdbc -> jdbc.createTables(true)));
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement any = connection.createStatement()) {
            any.execute(statement);
        }
    }
}
