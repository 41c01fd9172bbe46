package io.hangupby.example.endurance;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A node in a separate process, which can be killed and restarted. Thread-safe. */
final class NodeProcess implements AutoCloseable {
    private final List<String> arguments;
    private final String heap;
    private final File log;
    private Optional<BufferedReader> output = Optional.empty();
    private Optional<Process> process = Optional.empty();
    private volatile Optional<Integer> port = Optional.empty();

    /**
     * @param arguments the node's arguments
     * @param heap the heap, as for {@code -Xmx}
     * @param log receives the log of all runs
     */
    NodeProcess(List<String> arguments, String heap, File log) {
        this.arguments = arguments;
        this.heap = heap;
        this.log = log;
    }

    /** Starts the node, and returns once it listens. */
    synchronized void start() throws IOException {
        Process started = new ProcessBuilder(command())
                .redirectError(ProcessBuilder.Redirect.appendTo(log))
                .start();
        process = Optional.of(started);
        BufferedReader out = started.inputReader(StandardCharsets.UTF_8);
        output = Optional.of(out);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(Node.READY)) {
                port = Optional.of(Integer.valueOf(line.substring(Node.READY.length())));
                return;
            }
        }
        throw new IOException("a node did not start; see " + log);
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Node.class.getName()));
        command.addAll(arguments);
        return command;
    }

    /**
     * Returns four figures: KiB of heap in use after a collection, due tasks, the fill of the journal in percent, and
     * dropped calls.
     */
    synchronized int[] figures() throws IOException {
        OutputStream questions = process.orElseThrow().getOutputStream();
        questions.write('\n');
        questions.flush();
        String[] figures = output.orElseThrow().readLine().split(" ", -1);
        return Arrays.stream(figures).mapToInt(Integer::parseInt).toArray();
    }

    /** Returns the node's port, if the node runs. */
    Optional<Integer> port() {
        return port;
    }

    /** Kills the node with SIGKILL, without a shutdown. */
    synchronized void kill() {
        port = Optional.empty();
        process.ifPresent(running -> running.destroyForcibly().onExit().join());
    }

    /** Stops the node in an orderly way. */
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
