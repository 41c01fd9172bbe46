package io.hangupby.internal.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MariaDbGroupedAppendsTest extends GroupedAppendsKit {
    private static final String COUNTED = "&socketFactory=" + FlightCounter.class.getName();

    MariaDbGroupedAppendsTest() {
        super(Product.MARIADB, TestDatabases.mariaDb());
    }

    @ParameterizedTest
    @CsvSource({"'', true", "'', false", "&useServerPrepStmts=true, true", "&allowMultiQueries=true, true"})
    void an_event_takes_one_round_trip_with_each_option_of_the_driver_and_leaves_the_connection_as_it_was(
            String options, boolean autoCommit) throws SQLException {
        FlightCounter.reset();
        DataSource source = TestDatabases.mariaDb(options + COUNTED, autoCommit);
        String before = settings(source);

        assertOneRoundTrip(source, options.contains("useServerPrepStmts"));

        assertThat(settings(source)).isEqualTo(before);
    }

    private static String settings(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select concat_ws(' ', @@session.autocommit,"
                        + " @@session.tx_isolation, @@session.innodb_lock_wait_timeout, @@session.lock_wait_timeout,"
                        + " @@session.max_statement_time)")) {
            found.next();
            return connection.getAutoCommit() + " " + found.getString(1);
        }
    }
}
