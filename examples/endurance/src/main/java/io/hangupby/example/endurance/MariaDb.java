package io.hangupby.example.endurance;

import io.hangupby.testing.MariaDbProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** The MariaDB server of this machine, with data of its own. */
final class MariaDb implements Database {
    private static final String EMPTY = "hangupby";

    private final MariaDbProcess server;

    MariaDb(Path folder) throws IOException {
        Path program = MariaDbProcess.program().orElseThrow(() -> new IOException("mariadbd is not installed"));
        Path data = Files.createTempDirectory(Files.createDirectories(folder), "mariadb");
        server = MariaDbProcess.start(program, data.toAbsolutePath());
        try (Connection connection = DriverManager.getConnection(server.url(""), user(), "");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + EMPTY);
        } catch (SQLException failure) {
            server.close();
            throw new IOException(failure);
        }
    }

    /** Returns whether the server is installed. */
    static boolean isInstalled() {
        return MariaDbProcess.program().isPresent();
    }

    @Override
    public String url() {
        return server.url(EMPTY);
    }

    @Override
    public String newSchema(String name) throws SQLException {
        execute("create database " + name);
        return server.url(name);
    }

    @Override
    public Duration cpu() {
        return server.cpu();
    }

    @Override
    public String user() {
        return "root";
    }

    /** The server is killed, the hardest way to end it. */
    @Override
    public void restart() throws IOException {
        server.restart();
    }

    @Override
    public void close() {
        server.close();
    }
}
