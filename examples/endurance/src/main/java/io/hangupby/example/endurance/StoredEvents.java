package io.hangupby.example.endurance;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures what an event costs that is stored in PostgreSQL and makes nothing due. Compares two versions of hangupby in turn if the
 * class path of another version is given:
 *
 * <pre>{@code java -cp endurance.jar io.hangupby.example.endurance.StoredEvents [CLASS_PATH]}</pre>
 */
final class StoredEvents {
    private static final int ROUNDS = 5;
    private static final int EVENTS = 3_000;
    private static final int WARM_UP = 6_000;

    private final String name;
    private final Process process;
    private final PrintWriter questions;
    private final BufferedReader figures;
    private final List<Double> eventsPerSecond = new ArrayList<>();
    private final List<Double> cpuMicros = new ArrayList<>();
    private final List<Double> databaseMicros = new ArrayList<>();

    private StoredEvents(String name, String classPath, String database, String schema) throws IOException {
        this.name = name;
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        classPath + File.pathSeparator + System.getProperty("java.class.path"),
                        StoringProcess.class.getName(),
                        database + "?currentSchema=" + schema)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        questions = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        figures = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Takes the class path of another version, to be compared with this version. */
    public static void main(String[] arguments) throws Exception {
        Path data = Files.createTempDirectory("stored-events");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setDataDirectory(data.toFile())
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            String database = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
            try (var connection = postgres.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create schema this; create schema other");
            }
            ProcessHandle server = ProcessHandle.of(Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid"))
                            .get(0)
                            .strip()))
                    .orElseThrow();
            List<StoredEvents> versions = new ArrayList<>();
            if (arguments.length > 0) {
                versions.add(new StoredEvents("other", arguments[0], database, "other"));
            }
            versions.add(new StoredEvents("this", "", database, "this"));
            run(versions, server);
        }
    }

    private static void run(List<StoredEvents> versions, ProcessHandle server) throws IOException {
        for (StoredEvents version : versions) {
            version.ask(WARM_UP);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (StoredEvents version : versions) {
                version.measure(server);
            }
        }
        System.out.printf(
                "Events stored in PostgreSQL that make nothing due: %d rounds of %d in turn after %d, %d threads, a pool of 10,%n"
                        + "fsync on, %d cores for the load, hangupby and the database; median of the rounds%n%n",
                ROUNDS,
                EVENTS,
                WARM_UP,
                StoringProcess.THREADS,
                Runtime.getRuntime().availableProcessors());
        System.out.printf(
                "%-8s %12s %16s %16s %16s%n", "version", "events/s", "CPU us/event", "of it JVM", "of it database");
        for (StoredEvents version : versions) {
            version.print();
            version.end();
        }
    }

    private void measure(ProcessHandle server) throws IOException {
        Duration before = cpu(server);
        String[] measured = ask(EVENTS).split(" ", -1);
        double database = cpu(server).minus(before).toNanos() / 1_000.0 / EVENTS;
        eventsPerSecond.add(EVENTS * 1_000_000_000.0 / Long.parseLong(measured[0]));
        cpuMicros.add(Long.parseLong(measured[1]) / 1_000.0 / EVENTS);
        databaseMicros.add(database);
    }

    private String ask(int events) throws IOException {
        questions.println(events);
        String line = figures.readLine();
        if (line == null) {
            throw new IOException("the process of " + name + " has ended");
        }
        return line;
    }

    private static Duration cpu(ProcessHandle server) {
        return server.descendants()
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private void print() {
        double jvm = median(cpuMicros);
        double database = median(databaseMicros);
        System.out.printf(
                Locale.ROOT,
                "%-8s %12.0f %16.0f %16.0f %16.0f%n",
                name,
                median(eventsPerSecond),
                jvm + database,
                jvm,
                database);
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().skip(figures.size() / 2).findFirst().orElseThrow();
    }

    private void end() {
        questions.close();
        process.onExit().join();
    }
}
