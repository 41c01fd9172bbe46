package io.hangupby.example.benchmark;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one servlet took for one round of events.
 *
 * @param eventsPerSecond how many were answered in a second
 * @param cpuMicros the server's CPU time for an event
 * @param medianMicros from an event to its answer, for half of them
 * @param p99Micros from an event to its answer, for all but a hundredth of them
 */
record Round(double eventsPerSecond, double cpuMicros, double medianMicros, double p99Micros) {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;

    /**
     * @param tookNanos how long all events took
     * @param cpuNanos the server's CPU time for all events
     * @param answerNanos from each event to its answer, the shortest first
     */
    static Round of(long tookNanos, long cpuNanos, long[] answerNanos) {
        int events = answerNanos.length;
        return new Round(
                events * NANOS_PER_SECOND / tookNanos,
                cpuNanos / NANOS_PER_MICRO / events,
                answerNanos[events / 2] / NANOS_PER_MICRO,
                answerNanos[(int) (events * 99L / 100)] / NANOS_PER_MICRO);
    }

    static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
