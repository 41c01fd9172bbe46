package io.hangupby.example.endurance;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures what an event costs that is stored in a database and makes nothing due. Compares two versions of hangupby in turn if the
 * class path of another version is given:
 *
 * <pre>{@code java -cp endurance.jar io.hangupby.example.endurance.StoredEvents
 *     [--database mariadb] [--threads 8] [CLASS_PATH]}</pre>
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

    private StoredEvents(String name, String classPath, String url, String user, String threads) throws IOException {
        this.name = name;
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        classPath + File.pathSeparator + System.getProperty("java.class.path"),
                        StoringProcess.class.getName(),
                        url,
                        user,
                        threads)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        questions = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        figures = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Takes the options, and the class path of another version, to be compared with this version. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        int other = 0;
        while (other + 1 < arguments.length && arguments[other].startsWith("--")) {
            options.put(arguments[other], arguments[other + 1]);
            other += 2;
        }
        String product = options.getOrDefault("--database", "postgresql");
        String threads = options.getOrDefault("--threads", "16");
        try (Database database = Database.start(product, Path.of("target", "endurance"))) {
            List<StoredEvents> versions = new ArrayList<>();
            if (other < arguments.length) {
                versions.add(new StoredEvents(
                        "other", arguments[other], database.newSchema("other"), database.user(), threads));
            }
            versions.add(new StoredEvents("this", "", database.newSchema("this"), database.user(), threads));
            run(versions, database, product + " by " + threads + " threads");
        }
    }

    private static void run(List<StoredEvents> versions, Database database, String what) throws IOException {
        for (StoredEvents version : versions) {
            version.ask(WARM_UP);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (StoredEvents version : versions) {
                version.measure(database);
            }
        }
        System.out.printf(
                "Events stored in %s that make nothing due: %d rounds of %d in turn after %d, a pool of 10,%n"
                        + "fsync on, %d cores for the load, hangupby and the database; median of the rounds%n%n",
                what, ROUNDS, EVENTS, WARM_UP, Runtime.getRuntime().availableProcessors());
        System.out.printf(
                "%-8s %12s %16s %16s %16s%n", "version", "events/s", "CPU us/event", "of it JVM", "of it database");
        for (StoredEvents version : versions) {
            version.print();
            version.end();
        }
    }

    private void measure(Database database) throws IOException {
        Duration before = database.cpu();
        String[] measured = ask(EVENTS).split(" ", -1);
        double server = database.cpu().minus(before).toNanos() / 1_000.0 / EVENTS;
        eventsPerSecond.add(EVENTS * 1_000_000_000.0 / Long.parseLong(measured[0]));
        cpuMicros.add(Long.parseLong(measured[1]) / 1_000.0 / EVENTS);
        databaseMicros.add(server);
    }

    private String ask(int events) throws IOException {
        questions.println(events);
        String line = figures.readLine();
        if (line == null) {
            throw new IOException("the process of " + name + " has ended");
        }
        return line;
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
