package io.hangupby.example.benchmark;

import java.util.Map;
import java.util.TreeMap;

/**
 * What to measure; each is a {@code --name value} of the command line.
 *
 * @param events {@code --events}: how many make a round
 * @param rounds {@code --rounds}: how many, for each servlet
 * @param warmUp {@code --warm-up}: how many events each servlet gets before the first round
 * @param connections {@code --connections}: how many send at once, each its next event once the last one is answered
 * @param calls {@code --calls}: of how many remembered calls the memory is measured
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
