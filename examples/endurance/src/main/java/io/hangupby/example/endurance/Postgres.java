package io.hangupby.example.endurance;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/** A PostgreSQL server. */
final class Postgres implements Database {
    private final File data;
    private EmbeddedPostgres server;
    private final int port;

    Postgres(Path folder) throws IOException {
        data = Files.createTempDirectory(Files.createDirectories(folder), "postgres")
                .toFile();
        server = builder().start();
        port = server.getPort();
    }

    /** What is committed is on the disk. */
    private EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on");
    }

    @Override
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    @Override
    public String newSchema(String name) throws SQLException {
        execute("create schema " + name);
        return url() + "?currentSchema=" + name;
    }

    /** A process serves each connection. */
    @Override
    public Duration cpu() throws IOException {
        String process =
                Files.readAllLines(data.toPath().resolve("postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(process.strip())).stream()
                .flatMap(ProcessHandle::descendants)
                .map(serving -> serving.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public String user() {
        return "postgres";
    }

    @Override
    public void restart() throws IOException {
        server.close();
        server = builder().setPort(port).start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
