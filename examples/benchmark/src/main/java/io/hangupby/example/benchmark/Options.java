package io.hangupby.example.benchmark;

import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of the benchmark; each is a {@code --name value} on the command line.
 *
 * @param events {@code --events}: the number of events of a round
 * @param rounds {@code --rounds}: the number of rounds for each servlet
 * @param warmUp {@code --warm-up}: the number of events for each servlet before the first round
 * @param connections {@code --connections}: the number of connections; each sends its next event after the response to
 *     the last event
 * @param calls {@code --calls}: the number of stored calls for the measurement of memory
 * @param heap {@code --heap}: the server's heap; hangupby keeps an open call for each 8 * 4096 bytes of it
 */
record Options(int events, int rounds, int warmUp, int connections, int calls, String heap) {
    private static final Map<String, String> DEFAULTS = Map.of(
            "--events", "30000",
            "--rounds", "7",
            "--warm-up", "150000",
            "--connections", "32",
            "--calls", "60000",
            "--heap", "4g");

    static Options of(String... args) {
        Map<String, String> values = new TreeMap<>(DEFAULTS);
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length || values.replace(args[i], args[i + 1]) == null) {
                throw new IllegalArgumentException(args[i] + ": expected pairs of a name and a value, of " + DEFAULTS);
            }
        }
        return new Options(
                number(values, "--events"),
                number(values, "--rounds"),
                number(values, "--warm-up"),
                number(values, "--connections"),
                number(values, "--calls"),
                values.getOrDefault("--heap", ""));
    }

    private static int number(Map<String, String> values, String name) {
        return Integer.parseInt(values.getOrDefault(name, ""));
    }
}
