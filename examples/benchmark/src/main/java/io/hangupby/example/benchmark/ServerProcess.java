package io.hangupby.example.benchmark;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The server in a separate JVM with the same class path. Not thread-safe. */
final class ServerProcess implements AutoCloseable {
    static final String ARGUMENT = "server";

    private final Process process;
    private final PrintWriter questions;
    private final BufferedReader output;
    private final int port;

    private ServerProcess(Process process) throws IOException {
        this.process = process;
        this.questions = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.port = Integer.parseInt(line());
    }

    static ServerProcess start(Options options) throws IOException {
        return new ServerProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms" + options.heap(),
                        "-Xmx" + options.heap(),
                        "-XX:+AlwaysPreTouch",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Benchmark.class.getName(),
                        ARGUMENT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    int port() {
        return port;
    }

    /** Returns the server's current figures. */
    ServerFigures figures() throws IOException {
        return figures("");
    }

    /** Returns the server's figures once the compiler is idle and garbage is collected. */
    ServerFigures settledFigures() throws IOException {
        return figures(Server.SETTLE);
    }

    private ServerFigures figures(String question) throws IOException {
        questions.println(question);
        return ServerFigures.parse(line());
    }

    private String line() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new EOFException("the server has died");
        }
        return line;
    }

    /** Closes the server's input, which ends the server. */
    @Override
    public void close() {
        questions.close();
        process.onExit().join();
    }
}
