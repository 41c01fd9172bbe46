package io.hangupby.internal.journal.jdbc;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import io.hangupby.journal.JournalException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
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

/** The supported databases, and what differs between them. The first version of each is the first that skips locked rows. */
enum Product {
    POSTGRESQL(9, 5),
    MARIADB(10, 6),
    H2(2, 2);

    private final int major;
    private final int minor;

    Product(int major, int minor) {
        this.major = major;
        this.minor = minor;
    }

    /**
     * Returns the database that a connection leads to.
     *
     * @throws JournalException if the database or its version is not supported
     */
    static Product of(Connection connection) throws SQLException {
        DatabaseMetaData about = connection.getMetaData();
        Product product = of(about.getDatabaseProductName());
        product.check(about.getDatabaseMajorVersion(), about.getDatabaseMinorVersion());
        return product;
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

    /**
     * Checks the version of a server.
     *
     * @throws JournalException if the version is not supported
     */
    void check(int serversMajor, int serversMinor) {
        boolean isOlder = serversMajor < major || (serversMajor == major && serversMinor < minor);
        if (isOlder) {
            throw new JournalException("the database is " + name() + " " + serversMajor + "." + serversMinor
                    + ", and hangupby works with " + major + "." + minor + " or later; update the database");
        }
    }

    /** Returns db-scheduler's dialect for this database. Each gives different tasks to nodes that poll at once. */
    JdbcCustomization dialect() {
        return switch (this) {
            case POSTGRESQL -> new PostgreSqlJdbcCustomization(false, false);
            case MARIADB -> new MariaDbDialect();
            case H2 -> new H2Dialect();
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
