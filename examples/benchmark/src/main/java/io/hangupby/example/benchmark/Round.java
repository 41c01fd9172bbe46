package io.hangupby.example.benchmark;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The figures of one servlet for one round of events.
 *
 * @param eventsPerSecond the number of responses per second
 * @param cpuMicros the server's CPU time for an event
 * @param medianMicros the median time from an event to its response
 * @param p99Micros the 99th percentile of the time from an event to its response
 */
record Round(double eventsPerSecond, double cpuMicros, double medianMicros, double p99Micros) {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;

    /**
     * @param tookNanos how long all events took
     * @param cpuNanos the server's CPU time for all events
     * @param responseNanos the time from each event to its response, sorted
     */
    static Round of(long tookNanos, long cpuNanos, long[] responseNanos) {
        int events = responseNanos.length;
        return new Round(
                events * NANOS_PER_SECOND / tookNanos,
                cpuNanos / NANOS_PER_MICRO / events,
                responseNanos[events / 2] / NANOS_PER_MICRO,
                responseNanos[(int) (events * 99L / 100)] / NANOS_PER_MICRO);
    }

    static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
