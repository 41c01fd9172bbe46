package io.hangupby.example.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * Measures what an event that starts no decision costs a server with hangupby, compared with a servlet that reads the
 * same events and sends the same response. Both run in one container of a separate JVM, in turn. The benchmark reports
 * figures without a verdict.
 */
public final class Benchmark {
    /** Events are made in batches, so that a long warm-up fits into memory. */
    private static final int BATCH = 20_000;

    private static final long SEED = 1;

    private Benchmark() {}

    /**
     * Runs it.
     *
     * @param args {@code --name value}, see {@link Options}; or {@code server}, with which this program starts its
     *     server
     */
    public static void main(String... args) throws Exception {
        if (args.length == 1 && args[0].equals(ServerProcess.ARGUMENT)) {
            Server.run();
            return;
        }
        Options options = Options.of(args);
        Report report = new Report(options, System.out);
        try (ServerProcess server = ServerProcess.start(options)) {
            compare(options, server, report);
        }
        try (ServerProcess server = ServerProcess.start(options)) {
            report.memory(bytesPerCall(options, server));
        }
    }

    private static void compare(Options options, ServerProcess server, Report report) throws Exception {
        // Both servlets receive the same events, because the seed is the same.
        Events forBaseline = new Events(Server.BASELINE, SEED);
        Events forHangUpBy = new Events(Server.HANGUPBY, SEED);
        try (LoadGenerator load = new LoadGenerator(server, options.connections())) {
            for (int sent = 0; sent < options.warmUp(); sent += BATCH) {
                int count = Math.min(BATCH, options.warmUp() - sent);
                load.send(forBaseline.noise(count));
                load.send(forHangUpBy.noise(count));
            }
            List<Round> baseline = new ArrayList<>();
            List<Round> hangUpBy = new ArrayList<>();
            for (int round = 0; round < options.rounds(); round++) {
                baseline.add(load.send(forBaseline.noise(options.events())));
                hangUpBy.add(load.send(forHangUpBy.noise(options.events())));
            }
            report.comparison(forHangUpBy.bodySizes(), baseline, hangUpBy, server.figures());
        }
    }

    private static long bytesPerCall(Options options, ServerProcess server) throws Exception {
        Events events = new Events(Server.HANGUPBY, SEED);
        try (LoadGenerator load = new LoadGenerator(server, options.connections())) {
            load.send(events.noise(BATCH));
            long before = server.settledFigures().usedHeap();
            for (int sent = 0; sent < options.calls(); sent += BATCH) {
                load.send(events.beginnings(Math.min(BATCH, options.calls() - sent)));
            }
            return (server.settledFigures().usedHeap() - before) / options.calls();
        }
    }
}
