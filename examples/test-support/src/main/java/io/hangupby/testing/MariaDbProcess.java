package io.hangupby.testing;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The MariaDB server of this machine, on loopback, with data of its own and a {@code root} who needs no password. */
public final class MariaDbProcess implements AutoCloseable {
    private static final Path SYSTEM_TABLES = Path.of("/usr/share/mysql");
    private static final Duration START_WITHIN = Duration.ofMinutes(1);

    private final Path program;
    private final Path data;
    private final int port;
    private final List<String> options;
    private Process process;

    private MariaDbProcess(Path program, Path data, List<String> options) throws IOException {
        this.program = program;
        this.data = data;
        this.options = options;
        this.port = freePort();
        createSystemTables();
        this.process = server();
        awaitReady();
    }

    /** Returns the server's program, if it is installed. */
    public static Optional<Path> program() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator), new String[] {"/usr/sbin", "/usr/local/sbin"})
                .flatMap(Stream::of)
                .map(folder -> Path.of(folder, "mariadbd"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts a server.
     *
     * @param data an empty folder, with an absolute path; the server's log is in it too
     * @param options further options of {@code mariadbd}
     * @throws IOException if the server is not ready within a minute
     */
    public static MariaDbProcess start(Path program, Path data, String... options) throws IOException {
        return new MariaDbProcess(program, data, List.of(options));
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Does what mariadb-install-db does, which is not in the package of the server. */
    private void createSystemTables() throws IOException {
        Process creation = command(List.of("--bootstrap"));
        try (OutputStream statements = creation.getOutputStream()) {
            statements.write(
                    "create database mysql;\nuse mysql;\nset @current_hostname = null, @auth_root_socket = null;\n"
                            .getBytes(StandardCharsets.UTF_8));
            for (String file : List.of("mysql_system_tables.sql", "mysql_system_tables_data.sql")) {
                Files.copy(SYSTEM_TABLES.resolve(file), statements);
            }
        }
        creation.onExit().completeOnTimeout(creation, 2, TimeUnit.MINUTES).join();
        if (creation.isAlive() || creation.exitValue() != 0) {
            creation.destroyForcibly();
            throw new IOException("mariadbd does not create its system tables; see " + log());
        }
    }

    private Process server() throws IOException {
        List<String> all = new ArrayList<>(
                List.of("--port=" + port, "--bind-address=127.0.0.1", "--socket=" + data.resolve("socket")));
        all.addAll(options);
        return command(all);
    }

    private Process command(List<String> more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--no-defaults",
                "--skip-log-bin",
                "--user=" + System.getProperty("user.name"),
                "--datadir=" + data));
        command.addAll(more);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private Path log() {
        return data.resolve("server.log");
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + START_WITHIN.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IOException("mariadbd does not start; see " + log());
            }
            Thread.onSpinWait();
        }
    }

    /** A server that accepts connections speaks first. */
    private boolean isReady() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) START_WITHIN.toMillis());
            return socket.getInputStream().read() >= 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Returns the URL of one of its databases, or, by an empty name, of the server. */
    public String url(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + database;
    }

    /** Returns the CPU time that the server has used since its last start. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Kills the server, the hardest way to end it, and starts it again with what it had committed. */
    public void restart() throws IOException {
        close();
        process = server();
        awaitReady();
    }

    /** Kills the server; its data stays. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
