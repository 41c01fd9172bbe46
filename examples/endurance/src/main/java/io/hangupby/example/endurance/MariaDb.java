package io.hangupby.example.endurance;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The MariaDB server of this machine, with data of its own. */
final class MariaDb implements Database {
    private static final Path PROGRAM = Path.of("/usr/sbin/mariadbd");
    private static final Path SYSTEM_TABLES = Path.of("/usr/share/mysql");
    private static final Duration START_WITHIN = Duration.ofMinutes(1);

    private final Path data;
    private final int port;
    private Process process;

    MariaDb(Path folder) throws IOException {
        data = Files.createTempDirectory(Files.createDirectories(folder), "mariadb")
                .toAbsolutePath();
        port = freePort();
        process = command("--bootstrap").start();
        try (OutputStream statements = process.getOutputStream()) {
            statements.write(
                    "create database mysql;\nuse mysql;\nset @current_hostname = null, @auth_root_socket = null;\n"
                            .getBytes(StandardCharsets.UTF_8));
            for (String file : List.of("mysql_system_tables.sql", "mysql_system_tables_data.sql")) {
                Files.copy(SYSTEM_TABLES.resolve(file), statements);
            }
            statements.write("create database hangupby;\n".getBytes(StandardCharsets.UTF_8));
        }
        process.onExit().join();
        start();
    }

    /** Returns whether the server is installed. */
    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private ProcessBuilder command(String... options) {
        List<String> command = new ArrayList<>(List.of(
                PROGRAM.toString(),
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

    private void start() throws IOException {
        process = command("--port=" + port, "--bind-address=127.0.0.1", "--socket=" + data.resolve("socket"))
                .start();
        long deadline = System.nanoTime() + START_WITHIN.toNanos();
        while (!isListening()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("mariadbd did not start; see " + data.resolve("server.log"));
            }
            Thread.onSpinWait();
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public String url() {
        return "jdbc:mariadb://127.0.0.1:" + port + "/hangupby";
    }

    @Override
    public String newSchema(String name) throws SQLException {
        execute("create database " + name);
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + name;
    }

    @Override
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public String user() {
        return "root";
    }

    /** The server is killed, the hardest way to end it. */
    @Override
    public void restart() throws IOException {
        close();
        start();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
