package io.hangupby.internal.journal.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out which of our tables and indexes a database has. Needs no right on them. Stateless. */
final class PresentTables {
    private final Tables tables;

    PresentTables(Tables tables) {
        this.tables = tables;
    }

    /** Returns the names of the tables and indexes, in lower case and without the schema. */
    Set<String> names(Connection connection) throws SQLException {
        Set<String> names = new HashSet<>();
        DatabaseMetaData database = connection.getMetaData();
        for (String table : Tables.NAMES) {
            addTable(names, database, place(connection, table), table);
        }
        return names;
    }

    /** Returns whether the schema of the tables exists. */
    boolean hasSchema(Connection connection) throws SQLException {
        if (tables.schema().isEmpty()) {
            return true;
        }
        Place place = place(connection, "");
        boolean inCatalogs = place.schema() == null;
        DatabaseMetaData database = connection.getMetaData();
        try (ResultSet found = inCatalogs ? database.getCatalogs() : database.getSchemas()) {
            while (found.next()) {
                String name = found.getString(inCatalogs ? "TABLE_CAT" : "TABLE_SCHEM");
                if (name != null && name.equals(inCatalogs ? place.catalog() : place.schema())) {
                    return true;
                }
            }
        }
        return false;
    }

    private void addTable(Set<String> names, DatabaseMetaData database, Place place, String table) throws SQLException {
        String name = database.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
        boolean isPresent = false;
        try (ResultSet found =
                database.getTables(place.catalog(), place.schema(), name, new String[] {"TABLE", "BASE TABLE"})) {
            while (found.next()) {
                // The names are patterns to the driver, in which an underscore matches any character.
                isPresent |= name.equals(found.getString("TABLE_NAME"))
                        && place.matches(found.getString("TABLE_CAT"), found.getString("TABLE_SCHEM"));
            }
        }
        if (isPresent) {
            names.add(table);
            addIndexes(names, database, place, name);
        }
    }

    private static void addIndexes(Set<String> names, DatabaseMetaData database, Place place, String table)
            throws SQLException {
        try (ResultSet found = database.getIndexInfo(place.catalog(), place.schema(), table, false, true)) {
            while (found.next()) {
                Optional.ofNullable(found.getString("INDEX_NAME"))
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .ifPresent(names::add);
            }
        }
    }

    private Place place(Connection connection, String table) throws SQLException {
        return switch (tables.product()) {
            case MARIADB -> new Place(tables.schema().orElse(connection.getCatalog()), null);
            case H2 ->
                new Place(
                        connection.getCatalog(),
                        tables.schema()
                                .map(name -> name.toUpperCase(Locale.ROOT))
                                .orElse(connection.getSchema()));
            case POSTGRESQL -> new Place(connection.getCatalog(), postgresSchema(connection, table));
        };
    }

    /** The search path can hold several schemas, and a table can be in any of them. */
    private @Nullable String postgresSchema(Connection connection, String table) throws SQLException {
        if (tables.schema().isPresent()) {
            return tables.schema().get().toLowerCase(Locale.ROOT);
        }
        try (PreparedStatement select = connection.prepareStatement("select n.nspname from pg_class c"
                + " join pg_namespace n on n.oid = c.relnamespace where c.oid = to_regclass(?)")) {
            select.setString(1, table);
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? found.getString(1) : connection.getSchema();
            }
        }
    }

    /** Where the driver's metadata has a table. MariaDB has catalogs only. */
    private record Place(@Nullable String catalog, @Nullable String schema) {
        boolean matches(@Nullable String ofCatalog, @Nullable String ofSchema) {
            return schema == null ? ofCatalog != null && ofCatalog.equals(catalog) : schema.equals(ofSchema);
        }
    }
}
