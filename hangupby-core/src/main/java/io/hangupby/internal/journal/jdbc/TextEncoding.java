package io.hangupby.internal.journal.jdbc;

import io.hangupby.journal.JournalException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/** Checks that the tables can hold any text, and distinguish texts as Twilio does. Stateless. */
final class TextEncoding {
    private static final String COLLATION = "utf8mb4_bin";

    /** An ASCII database stores the bytes that the driver sends, which are UTF-8. */
    private static final Set<String> OF_POSTGRESQL = Set.of("UTF8", "SQL_ASCII");

    private TextEncoding() {}

    /**
     * @throws JournalException if some texts cannot be stored; it says what to do
     */
    static void require(Connection connection, Tables tables) throws SQLException {
        switch (tables.product()) {
            case POSTGRESQL -> requireEncoding(connection);
            case MARIADB -> requireCollation(connection, tables);
            case H2 -> {}
        }
    }

    private static void requireEncoding(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("show server_encoding")) {
            if (found.next() && !OF_POSTGRESQL.contains(found.getString(1))) {
                throw new JournalException("the database has the encoding " + found.getString(1)
                        + ", which cannot store all names; use a database with the encoding UTF8");
            }
        }
    }

    private static void requireCollation(Connection connection, Tables tables) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select table_name, collation_name from information_schema.columns"
                        + " where table_schema = ? and table_name regexp '^hangupby_(task|event|leg|queue)$'"
                        + " and collation_name <> ? order by table_name")) {
            select.setString(1, tables.schema().orElse(connection.getCatalog()));
            select.setString(2, COLLATION);
            try (ResultSet found = select.executeQuery()) {
                if (found.next()) {
                    throw new JournalException("the table " + found.getString(1) + " has the collation "
                            + found.getString(2)
                            + ", which cannot store or distinguish all texts; drop the four tables of hangupby,"
                            + " with the tasks in them, and run "
                            + tables.product().file() + " of hangupby-core's jar");
                }
            }
        }
    }
}
