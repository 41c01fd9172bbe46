package io.hangupby.internal.journal.jdbc;

import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import io.hangupby.journal.JournalException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;

/** The tables, for each database that has them. The files are in this package, for whoever creates tables otherwise. */
enum Schema {
    POSTGRESQL(new PostgreSqlJdbcCustomization(false, false)),
    H2(new DefaultJdbcCustomization(false));

    private static final String[] TABLES = {"hangupby_task", "hangupby_event", "hangupby_queue"};

    private final JdbcCustomization dialect;

    Schema(JdbcCustomization dialect) {
        this.dialect = dialect;
    }

    /** How db-scheduler talks to this database. */
    JdbcCustomization dialect() {
        return dialect;
    }

    static Schema of(String product) {
        return Arrays.stream(values())
                .filter(known -> known.name().equalsIgnoreCase(product))
                .findFirst()
                .orElseThrow(() -> new JournalException(
                        "there are no tables of hangupby for " + product + "; use PostgreSQL, or H2 for trials"));
    }

    String file() {
        return name().toLowerCase(Locale.ROOT) + ".sql";
    }

    /** Creates what is not there, and leaves alone what is. */
    Schema create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String command : text().replaceAll("--[^\n]*", "").split(";", -1)) {
                if (!command.isBlank()) {
                    statement.execute(command);
                }
            }
        }
        return this;
    }

    /** Says what to do where a table is missing. */
    Schema require(Connection connection) throws SQLException {
        for (String table : TABLES) {
            try (Statement statement = connection.createStatement()) {
                statement
                        .executeQuery("select 1 from " + table + " where 1 = 0")
                        .close();
            } catch (SQLException missing) {
                throw new JournalException("the table " + table + " cannot be read (SQL state " + missing.getSQLState()
                        + "): run io/hangupby/internal/journal/jdbc/" + file()
                        + " of hangupby-core's jar, or set hangupby.jdbc.create-tables=true");
            }
        }
        return this;
    }

    private String text() {
        try (InputStream file = Schema.class.getResourceAsStream(file())) {
            if (file == null) {
                throw new IllegalStateException(file() + " is missing from the jar");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
