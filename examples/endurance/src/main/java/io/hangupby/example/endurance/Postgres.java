package io.hangupby.example.endurance;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A PostgreSQL server of our own, which can be restarted. */
final class Postgres implements AutoCloseable {
    private final File data;
    private EmbeddedPostgres server;
    private final int port;

    Postgres(Path folder) throws IOException {
        data = Files.createTempDirectory(Files.createDirectories(folder), "postgres")
                .toFile();
        server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .start();
        port = server.getPort();
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** Ends it, which breaks off all connections, and starts it again with what it had committed. */
    void restart() throws IOException {
        server.close();
        server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
