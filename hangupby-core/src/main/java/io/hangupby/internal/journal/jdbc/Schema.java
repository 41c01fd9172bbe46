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
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables, for each database that has them. The files are in this package, for whoever creates tables otherwise. */
enum Schema {
    POSTGRESQL(new PostgreSqlJdbcCustomization(false, false)),
    H2(new DefaultJdbcCustomization(false));

    private static final String[] TABLES = {"hangupby_task", "hangupby_event", "hangupby_queue"};

    private static final Pattern CREATION =
            Pattern.compile("create\\s+(?:table|index)\\s+if\\s+not\\s+exists\\s+(\\w+)");

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

    /** Returns the commands that create what is not there. Looking waits for nobody who writes. */
    List<String> missing(Connection connection) throws SQLException {
        Set<String> there = present(connection);
        List<String> missing = new ArrayList<>();
        for (String command : text().replaceAll("--[^\n]*", "").split(";", -1)) {
            Matcher creation = CREATION.matcher(command);
            if (creation.find() && !there.contains(creation.group(1))) {
                missing.add(command);
            }
        }
        return missing;
    }

    private static Set<String> present(Connection connection) throws SQLException {
        Set<String> there = new HashSet<>();
        DatabaseMetaData database = connection.getMetaData();
        for (String table : TABLES) {
            String name = database.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
            try (ResultSet tables = database.getTables(
                    connection.getCatalog(), connection.getSchema(), name, new String[] {"TABLE", "BASE TABLE"})) {
                addAll(there, tables, "TABLE_NAME");
            }
            try (ResultSet indexes =
                    database.getIndexInfo(connection.getCatalog(), connection.getSchema(), name, false, true)) {
                addAll(there, indexes, "INDEX_NAME");
            }
        }
        return there;
    }

    private static void addAll(Set<String> names, ResultSet rows, String column) throws SQLException {
        while (rows.next()) {
            Optional.ofNullable(rows.getString(column))
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .ifPresent(names::add);
        }
    }

    /** Runs commands that create something; what is there by now, they leave alone. */
    Schema create(Connection connection, List<String> commands) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
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
