package io.hangupby.example.benchmark;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The server in a JVM of its own, with this one's class path. Used by one thread. */
final class ServerProcess implements AutoCloseable {
    static final String ARGUMENT = "server";

    private final Process process;
    private final PrintWriter questions;
    private final BufferedReader answers;
    private final int port;

    private ServerProcess(Process process) throws IOException {
        this.process = process;
        this.questions = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.port = Integer.parseInt(answer());
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

    /** What the server knows of itself, as it is. */
    ServerFigures figures() throws IOException {
        return figures("");
    }

    /** What the server knows of itself, once its compiler is idle and its garbage collected. */
    ServerFigures settledFigures() throws IOException {
        return figures(Server.SETTLE);
    }

    private ServerFigures figures(String question) throws IOException {
        questions.println(question);
        return ServerFigures.parse(answer());
    }

    private String answer() throws IOException {
        String answer = answers.readLine();
        if (answer == null) {
            throw new EOFException("the server has died");
        }
        return answer;
    }

    /** Its input's end is the server's end. */
    @Override
    public void close() {
        questions.close();
        process.onExit().join();
    }
}
