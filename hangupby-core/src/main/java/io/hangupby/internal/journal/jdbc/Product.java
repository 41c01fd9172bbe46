package io.hangupby.internal.journal.jdbc;

import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.MariaDBJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import io.hangupby.journal.JournalException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;

/** The supported databases, and what differs between them. */
enum Product {
    POSTGRESQL,
    MARIADB,
    H2;

    /** Returns the database that a connection leads to. */
    static Product of(Connection connection) throws SQLException {
        return of(connection.getMetaData().getDatabaseProductName());
    }

    /**
     * Returns the database with this product name.
     *
     * @throws JournalException if the database is not supported
     */
    static Product of(String name) {
        return Arrays.stream(values())
                .filter(known -> known.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new JournalException("there are no tables of hangupby for " + name
                        + "; use PostgreSQL or MariaDB, or H2 for trials"));
    }

    /** Returns db-scheduler's dialect for this database. */
    JdbcCustomization dialect() {
        return switch (this) {
            case POSTGRESQL -> new PostgreSqlJdbcCustomization(false, false);
            case MARIADB -> new MariaDBJdbcCustomization(true);
            case H2 -> new DefaultJdbcCustomization(false);
        };
    }

    /** Returns the file of hangupby-core's jar that creates the tables. */
    String file() {
        return "io/hangupby/db/" + name().toLowerCase(Locale.ROOT) + "/R__hangupby_0_1_tables.sql";
    }

    /** Sets a parameter to a moment. MariaDB's columns hold no time zone, and have UTC. */
    void set(PreparedStatement statement, int parameter, Instant moment) throws SQLException {
        if (this == MARIADB) {
            statement.setTimestamp(parameter, Timestamp.from(moment), utc());
        } else {
            statement.setObject(parameter, moment.atOffset(ZoneOffset.UTC));
        }
    }

    /** Returns the moment in a column. */
    Optional<Instant> moment(ResultSet found, int column) throws SQLException {
        return this == MARIADB
                ? Optional.ofNullable(found.getTimestamp(column, utc())).map(Timestamp::toInstant)
                : Optional.ofNullable(found.getObject(column, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant);
    }

    /** A calendar is mutable, so each use needs its own. */
    private static Calendar utc() {
        return new GregorianCalendar(TimeZone.getTimeZone(ZoneId.of("UTC")), Locale.ROOT);
    }
}
