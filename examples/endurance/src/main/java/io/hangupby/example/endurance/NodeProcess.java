package io.hangupby.example.endurance;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A node in a process of its own, which can be killed and started again. Thread-safe. */
final class NodeProcess implements AutoCloseable {
    private final List<String> arguments;
    private final File log;
    private Optional<Process> process = Optional.empty();
    private volatile Optional<Integer> port = Optional.empty();

    /**
     * @param arguments what the node is told
     * @param log takes what it logs, over all its lives
     */
    NodeProcess(List<String> arguments, File log) {
        this.arguments = arguments;
        this.log = log;
    }

    /** Starts it, and returns once it listens. */
    synchronized void start() throws IOException {
        Process started = new ProcessBuilder(command())
                .redirectError(ProcessBuilder.Redirect.appendTo(log))
                .start();
        process = Optional.of(started);
        BufferedReader out = started.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(Node.READY)) {
                port = Optional.of(Integer.valueOf(line.substring(Node.READY.length())));
                return;
            }
        }
        throw new IOException("a node did not start; see " + log);
    }

    private List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Node.class.getName(),
                arguments.get(0),
                arguments.get(1),
                arguments.get(2),
                arguments.get(3));
    }

    /** Where it listens, as long as it lives. */
    Optional<Integer> port() {
        return port;
    }

    /** Ends it as SIGKILL does: nothing in it hears of it. */
    synchronized void kill() {
        port = Optional.empty();
        process.ifPresent(running -> running.destroyForcibly().onExit().join());
    }

    /** Lets it end by itself. */
    @Override
    public synchronized void close() {
        port = Optional.empty();
        process.ifPresent(running -> {
            try {
                running.getOutputStream().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            running.onExit().join();
        });
    }
}
