package io.hangupby.example.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends events over a number of connections. Each connection sends its next event after the response to the last event.
 * Not thread-safe.
 */
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

    /** Sends these requests, and returns after all responses. */
    Round send(List<byte[]> requests) throws Exception {
        long[] responseNanos = new long[requests.size()];
        long cpuBefore = server.settledFigures().cpuNanos();
        long begun = System.nanoTime();
        List<Callable<Void>> shares = new ArrayList<>();
        for (int i = 0; i < connections.size(); i++) {
            int first = i;
            shares.add(() -> sendShare(requests, first, responseNanos));
        }
        for (Future<Void> share : threads.invokeAll(shares)) {
            share.get();
        }
        long tookNanos = System.nanoTime() - begun;
        long cpuNanos = server.figures().cpuNanos() - cpuBefore;
        Arrays.sort(responseNanos);
        return Round.of(tookNanos, cpuNanos, responseNanos);
    }

    private Void sendShare(List<byte[]> requests, int first, long[] responseNanos) throws IOException {
        Connection connection = connections.get(first);
        for (int i = first; i < requests.size(); i += connections.size()) {
            long sent = System.nanoTime();
            connection.exchange(requests.get(i));
            responseNanos[i] = System.nanoTime() - sent;
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
