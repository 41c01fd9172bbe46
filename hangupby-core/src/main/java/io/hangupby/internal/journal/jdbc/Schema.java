package io.hangupby.internal.journal.jdbc;

import io.hangupby.journal.JournalException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Creates the tables, and checks that they can be used. The SQL files are in the jar, for Flyway, for Liquibase and for those who
 * run them by hand.
 */
final class Schema {
    private static final Pattern CREATION =
            Pattern.compile("create\\s+(schema|table|index)\\s+if\\s+not\\s+exists\\s+(\\w+)");

    private final Tables tables;

    Schema(Tables tables) {
        this.tables = tables;
    }

    /**
     * Returns the commands that create what is missing. Reading the metadata does not wait for transactions that write.
     *
     * @throws JournalException if a table that is there lacks columns; it says what to do
     */
    List<String> missing(Connection connection) throws SQLException {
        PresentTables existing = new PresentTables(tables);
        List<String> missing = new ArrayList<>();
        if (!existing.hasSchema(connection)) {
            tables.schema().ifPresent(name -> missing.add("create schema if not exists " + name));
        }
        Set<String> present = existing.names(connection);
        try (Statement statement = connection.createStatement()) {
            for (String table : Tables.NAMES) {
                if (present.contains(table)) {
                    requireColumns(statement, table);
                }
            }
        }
        for (String command : commands()) {
            Matcher creation = CREATION.matcher(command);
            if (creation.find() && !present.contains(creation.group(2))) {
                missing.add(tables.in(command.strip()));
            }
        }
        return missing;
    }

    /**
     * Runs commands that create tables and indexes; those that exist by now stay unchanged.
     *
     * @throws JournalException if the database's user lacks a right; it names the right
     */
    Schema create(Connection connection, List<String> commands) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String command : commands) {
                create(statement, command);
            }
        }
        return this;
    }

    private void create(Statement statement, String command) throws SQLException {
        try {
            statement.execute(command);
        } catch (SQLException failure) {
            Matcher creation = CREATION.matcher(command);
            if (MissingRight.is(failure) && creation.find()) {
                throw new JournalException("the " + creation.group(1) + " " + creation.group(2)
                        + " is missing, and the database's user lacks the right to create it (SQL state "
                        + failure.getSQLState() + "): grant " + rightToCreate(creation.group(1)) + ", or run "
                        + tables.product().file() + " of hangupby-core's jar as a user who has the right");
            }
            throw failure;
        }
    }

    private String rightToCreate(String kind) {
        if (kind.equals("schema")) {
            return "CREATE on the database";
        }
        String on = tables.schema().map(" on the schema "::concat).orElse(" on the schema");
        if (tables.product() == Product.MARIADB) {
            return (kind.equals("table") ? "CREATE and REFERENCES" : "INDEX") + on;
        }
        return kind.equals("table") ? "CREATE" + on : "the ownership of the table";
    }

    /**
     * Checks that all tables can be read and written.
     *
     * @throws JournalException if a table is missing or the database's user lacks a right; it says what to do
     */
    Schema require(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : Tables.NAMES) {
                requireColumns(statement, table);
                for (Map.Entry<String, String> use : uses(table).entrySet()) {
                    require(statement, table, use.getKey(), use.getValue());
                }
            }
        }
        return this;
    }

    /** Returns statements that change nothing, each by the right that it needs beside SELECT. */
    private Map<String, String> uses(String table) {
        String key = table.equals("hangupby_queue") ? "task_name" : "task";
        String name = tables.qualified(table);
        Map<String, String> uses = new LinkedHashMap<>();
        uses.put("INSERT", "insert into " + name + " select * from " + name + " where 1 = 0");
        uses.put("UPDATE", "update " + name + " set " + key + " = " + key + " where 1 = 0");
        uses.put("DELETE", "delete from " + name + " where 1 = 0");
        return uses;
    }

    private void requireColumns(Statement statement, String table) throws SQLException {
        List<String> missing;
        try (ResultSet found = statement.executeQuery("select * from " + tables.qualified(table) + " where 1 = 0")) {
            missing = columns(table).missing(found.getMetaData());
        } catch (SQLException failure) {
            throw unusable(table, "SELECT", failure);
        }
        if (!missing.isEmpty()) {
            throw new JournalException("the table " + table + " lacks columns of this version of hangupby; add them: "
                    + missing.stream()
                            .map(("alter table " + tables.qualified(table) + " add column ")::concat)
                            .collect(Collectors.joining("; "))
                    + "; or drop the four tables of hangupby, with the tasks in them; then run "
                    + tables.product().file() + " of hangupby-core's jar");
        }
    }

    private TableColumns columns(String table) {
        return Arrays.stream(commands())
                .filter(command -> {
                    Matcher creation = CREATION.matcher(command);
                    return creation.find() && creation.group(2).equals(table);
                })
                .map(TableColumns::new)
                .findFirst()
                .orElseThrow();
    }

    private void require(Statement statement, String table, String right, String use) throws SQLException {
        try {
            statement.execute(use);
        } catch (SQLException failure) {
            throw unusable(table, right, failure);
        }
    }

    /** Returns what a failure says of a table, or throws it if it says nothing of the table. */
    private JournalException unusable(String table, String right, SQLException failure) throws SQLException {
        if (PassingFailure.is(failure) || DatabaseFailure.isReadOnly(failure)) {
            throw failure;
        }
        return new JournalException(
                MissingRight.is(failure)
                        ? "the database's user lacks the right " + right + " on the table " + table + " (SQL state "
                                + failure.getSQLState()
                                + "): grant SELECT, INSERT, UPDATE and DELETE on the four tables of hangupby"
                        : "the table " + table + " cannot be used (SQL state " + failure.getSQLState() + "): run "
                                + tables.product().file()
                                + " of hangupby-core's jar, by Flyway, by Liquibase or by hand, or set"
                                + " hangupby.jdbc.create-tables=true");
    }

    private String[] commands() {
        return text().replaceAll("--[^\n]*", "").split(";", -1);
    }

    private String text() {
        String file = tables.product().file();
        try (InputStream stream = Schema.class.getResourceAsStream("/" + file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " is missing from the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
