package io.hangupby.internal.journal.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * The MariaDB server of this machine, started with data of its own. Tests that need it are skipped where it is not installed, unless
 * {@code MARIADB_TESTS=required} is set.
 */
final class MariaDbServer {
    private static final Optional<MariaDbServer> RUNNING = program("mariadbd").map(MariaDbServer::start);

    private final int port;

    private MariaDbServer(int port) {
        this.port = port;
    }

    /** Returns the server, or skips the test. */
    static MariaDbServer running() {
        if (RUNNING.isEmpty() && "required".equals(System.getenv("MARIADB_TESTS"))) {
            throw new IllegalStateException("mariadbd is not installed; on Debian it is in mariadb-server-core");
        }
        assumeTrue(RUNNING.isPresent(), "mariadbd is not installed");
        return RUNNING.orElseThrow();
    }

    private static Optional<Path> program(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator), new String[] {"/usr/sbin", "/usr/local/sbin"})
                .flatMap(Stream::of)
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static MariaDbServer start(Path server) {
        try {
            Path data = Files.createTempDirectory("mariadb");
            createSystemTables(server, data);
            int port = freePort();
            Process process = process(
                            server,
                            data,
                            "--socket=" + data.resolve("socket"),
                            "--port=" + port,
                            "--bind-address=127.0.0.1",
                            "--innodb-flush-log-at-trx-commit=0",
                            "--innodb-flush-method=nosync",
                            "--innodb-buffer-pool-size=64M",
                            "--max-connections=300")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, data)));
            MariaDbServer started = new MariaDbServer(port);
            started.awaitReady(process);
            return started;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ProcessBuilder process(Path server, Path data, String... options) {
        List<String> command = new ArrayList<>(List.of(
                server.toString(),
                "--no-defaults",
                "--skip-log-bin",
                "--user=" + System.getProperty("user.name"),
                "--datadir=" + data));
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolve("server.log").toFile()));
    }

    /** Does what mariadb-install-db does, which is not in the package of the server. */
    private static void createSystemTables(Path server, Path data) throws IOException {
        Process process = process(server, data, "--bootstrap").start();
        try (OutputStream statements = process.getOutputStream()) {
            statements.write(
                    "create database mysql;\nuse mysql;\nset @current_hostname = null, @auth_root_socket = null;\n"
                            .getBytes(StandardCharsets.UTF_8));
            for (String file : List.of("mysql_system_tables.sql", "mysql_system_tables_data.sql")) {
                Files.copy(Path.of("/usr/share/mysql", file), statements);
            }
        }
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("mariadbd does not create its system tables, see " + data);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private void awaitReady(Process process) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (true) {
            try (Connection connection = dataSource("").getConnection()) {
                if (connection.isValid(1)) {
                    return;
                }
            } catch (SQLException notYet) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException("mariadbd does not start", notYet);
                }
                Thread.onSpinWait();
            }
        }
    }

    private static void end(Process process, Path data) {
        process.destroyForcibly();
        try (Stream<Path> files = Files.walk(data)) {
            process.waitFor(5, TimeUnit.SECONDS);
            files.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(File::delete);
        } catch (IOException | InterruptedException left) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns a data source without a pool, for a database of the server. */
    DataSource dataSource(String database) {
        return dataSource(database, "root");
    }

    /** Returns the same for another user. */
    DataSource dataSource(String database, String user) {
        return dataSource(database, user, "");
    }

    /** Returns the same with options of the driver, each with an ampersand before it. */
    DataSource dataSource(String database, String user, String options) {
        try {
            return new MariaDbDataSource(
                    "jdbc:mariadb://127.0.0.1:" + port + "/" + database + "?user=" + user + options);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
