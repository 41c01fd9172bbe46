package io.hangupby.internal.journal.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** Databases with the tables of hangupby and nothing in them. */
final class TestDatabases {
    static final int POOL = 4;

    private TestDatabases() {}

    /** Returns a database of this product. */
    static DataSource of(Product product) {
        return switch (product) {
            case POSTGRESQL -> postgres();
            case MARIADB -> mariaDb();
            case H2 -> h2();
        };
    }

    /** Returns an H2 in memory. */
    static DataSource h2() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return withTables(source);
    }

    /** Returns a schema of its own on a PostgreSQL server that this process starts once and ends with. */
    static DataSource postgres() {
        return withTables(emptyPostgres());
    }

    /** Returns the same without tables. */
    static DataSource emptyPostgres() {
        return pool(schema(Map.of()));
    }

    /** Returns a schema of its own with tables, without a pool; its sessions bear the schema's name, and have these options. */
    static DataSource unpooledPostgres(Map<String, String> options) {
        return withTables(schema(options));
    }

    private static DataSource schema(Map<String, String> options) {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        run(Server.RUNNING.getPostgresDatabase(), "create schema " + name);
        Map<String, String> settings = new HashMap<>(options);
        settings.put("currentSchema", name);
        settings.put("ApplicationName", name);
        return Server.RUNNING.getDatabase("postgres", "postgres", settings);
    }

    /** Puts a small pool before a data source. */
    static HikariDataSource pool(DataSource source) {
        return pool(source, true);
    }

    private static HikariDataSource pool(DataSource source, boolean autoCommit) {
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(source);
        pool.setAutoCommit(autoCommit);
        pool.setMaximumPoolSize(POOL);
        pool.setConnectionTimeout(2_500);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(10_000);
        return new HikariDataSource(pool);
    }

    static void run(DataSource source, String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    private static DataSource withTables(DataSource source) {
        TransactionManager database = new TransactionManager(source);
        Schema schema = new Schema(tables(database));
        database.inLongTransaction(connection ->
                schema.create(connection, schema.missing(connection)).require(connection));
        return source;
    }

    /** Returns the tables in the schema of the connections. */
    static Tables tables(TransactionManager database) {
        return database.inTransaction(connection -> new Tables(Product.of(connection), Optional.empty()));
    }

    /** Returns a schema as this user has it. */
    static DataSource postgres(String user, String schema) {
        return Server.RUNNING.getDatabase(user, "postgres", Map.of("currentSchema", schema));
    }

    /** Returns the same with options of the server for its sessions. */
    static DataSource postgres(String user, String schema, String options) {
        return Server.RUNNING.getDatabase(user, "postgres", Map.of("currentSchema", schema, "options", options));
    }

    /** Returns a database of the MariaDB server as this user has it. */
    static DataSource mariaDb(String user, String database) {
        return MariaDbServer.running().dataSource(database, user);
    }

    /** Returns a database of its own on a MariaDB server that this process starts once and ends with. */
    static DataSource mariaDb() {
        return withTables(pool(emptyMariaDb()));
    }

    /** Returns the same, with options of the driver and a pool that commits each statement or not. */
    static DataSource mariaDb(String options, boolean autoCommit) {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        MariaDbServer server = MariaDbServer.running();
        run(server.dataSource(""), "create database " + name);
        return withTables(pool(server.dataSource(name, "root", options), autoCommit));
    }

    /** Returns the same without tables and without a pool. */
    static DataSource emptyMariaDb() {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        MariaDbServer server = MariaDbServer.running();
        run(server.dataSource(""), "create database " + name);
        return server.dataSource(name);
    }

    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "300")
                        .start();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
