package io.hangupby.example.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends events over so many connections, on each the next one once the last one is answered. Used by one thread. */
final class LoadGenerator implements AutoCloseable {
    private final ServerProcess server;
    private final List<Connection> connections = new ArrayList<>();
    private final ExecutorService threads;

    LoadGenerator(ServerProcess server, int connections) throws IOException {
        this.server = server;
        this.threads = Executors.newFixedThreadPool(connections);
        for (int i = 0; i < connections; i++) {
            this.connections.add(new Connection(server.port()));
        }
    }

    /** Sends these requests, and returns once all are answered. */
    Round send(List<byte[]> requests) throws Exception {
        long[] answerNanos = new long[requests.size()];
        long cpuBefore = server.settledFigures().cpuNanos();
        long begun = System.nanoTime();
        List<Callable<Void>> shares = new ArrayList<>();
        for (int i = 0; i < connections.size(); i++) {
            int first = i;
            shares.add(() -> sendShare(requests, first, answerNanos));
        }
        for (Future<Void> share : threads.invokeAll(shares)) {
            share.get();
        }
        long tookNanos = System.nanoTime() - begun;
        long cpuNanos = server.figures().cpuNanos() - cpuBefore;
        Arrays.sort(answerNanos);
        return Round.of(tookNanos, cpuNanos, answerNanos);
    }

    private Void sendShare(List<byte[]> requests, int first, long[] answerNanos) throws IOException {
        Connection connection = connections.get(first);
        for (int i = first; i < requests.size(); i += connections.size()) {
            long sent = System.nanoTime();
            connection.exchange(requests.get(i));
            answerNanos[i] = System.nanoTime() - sent;
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
