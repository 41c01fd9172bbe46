package io.hangupby.example.endurance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A separate Java process that listens on a port, prints the port, and reports its state. Thread-safe. */
final class JavaProcess implements AutoCloseable {
    /** Prints an out-of-memory error even if the program catches it. */
    private static final List<String> JVM = List.of("-XX:OnOutOfMemoryError=true", "-XX:+UsePerfData");

    private static final String OUT_OF_MEMORY = "OutOfMemoryError";
    private static final Path BIN = Path.of(System.getProperty("java.home"), "bin");
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);
    private static final long TELLS_WITHIN_SECONDS = 10;

    private final Process process;
    private final Path log;
    private final int port;

    /**
     * Starts the process, and returns once it listens.
     *
     * @param heap as for {@code -Xmx}; empty for the JVM's own default
     * @param program what {@code java} is called with
     * @param ready finds the port in the line that says that it listens
     * @param log takes all that it prints
     */
    JavaProcess(String heap, List<String> program, Pattern ready, Path log) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(BIN.resolve("java").toString()));
        command.addAll(JVM);
        Stream.of(heap)
                .filter(size -> !size.isEmpty())
                .map(size -> "-Xmx" + size)
                .forEach(command::add);
        command.addAll(program);
        this.log = log;
        Files.deleteIfExists(log);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        // The process must also end if this program is interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        port = awaitPort(ready);
    }

    private int awaitPort(Pattern ready) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + STARTS_WITHIN.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            Matcher line = ready.matcher(output());
            if (line.find()) {
                return Integer.parseInt(line.group(1));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        close();
        throw new IOException("the application did not start; see " + log);
    }

    int port() {
        return port;
    }

    /** Returns everything that the process has printed. */
    String output() throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8);
    }

    /** Returns the failed checks of the process itself; empty if all checks pass. */
    List<String> faults() throws IOException {
        List<String> faults = new ArrayList<>();
        if (!process.isAlive()) {
            faults.add("the process has ended");
        }
        if (output().contains(OUT_OF_MEMORY)) {
            faults.add(OUT_OF_MEMORY);
        }
        return faults;
    }

    /** Returns the CPU time of the process's threads. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Returns the process's heap after a collection, and its threads. */
    String state() throws IOException, InterruptedException {
        String unused = jcmd("GC.run");
        String counters = jcmd("PerfCounter.print");
        return "%s%d MiB, %d threads"
                .formatted(
                        unused.isEmpty() ? "not collected, " : "",
                        sum(counters, "sun\\.gc\\.generation\\.\\d\\.space\\.\\d\\.used") / 1024 / 1024,
                        sum(counters, "java\\.threads\\.live"));
    }

    private static long sum(String counters, String name) {
        return Pattern.compile("^" + name + "=(\\d+)$", Pattern.MULTILINE)
                .matcher(counters)
                .results()
                .mapToLong(counter -> Long.parseLong(counter.group(1)))
                .sum();
    }

    /** A process without memory does not respond. */
    private String jcmd(String command) throws IOException, InterruptedException {
        Path state = Files.createTempFile("jcmd", ".txt");
        Process asking = new ProcessBuilder(BIN.resolve("jcmd").toString(), Long.toString(process.pid()), command)
                .redirectErrorStream(true)
                .redirectOutput(state.toFile())
                .start();
        try {
            return asking.waitFor(TELLS_WITHIN_SECONDS, TimeUnit.SECONDS) ? Files.readString(state) : "";
        } finally {
            asking.destroyForcibly();
            Files.delete(state);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
