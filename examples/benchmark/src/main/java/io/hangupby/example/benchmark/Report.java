package io.hangupby.example.benchmark;

import java.io.PrintStream;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Prints the measurements and their conditions. */
final class Report {
    private final Options options;
    private final PrintStream out;

    Report(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    void comparison(IntSummaryStatistics bodies, List<Round> baseline, List<Round> hangUpBy, ServerFigures figures) {
        out.printf(
                "Events that start no decision: hangupby compared with a servlet that reads them and responds with 204%n%n");
        conditions(bodies);
        out.printf("%n%-10s %21s %21s %21s %21s%n", "", "events/s", "server CPU us/event", "median us", "p99 us");
        out.printf(
                "%-10s %10s %10s %10s %10s %10s %10s %10s %10s%n",
                "round",
                "baseline",
                "hangupby",
                "baseline",
                "hangupby",
                "baseline",
                "hangupby",
                "baseline",
                "hangupby");
        for (int round = 0; round < baseline.size(); round++) {
            row(Integer.toString(round + 1), baseline.subList(round, round + 1), hangUpBy.subList(round, round + 1));
        }
        row("median", baseline, hangUpBy);
        out.printf("%nserver CPU, hangupby / baseline: %.2f%n", ratio(baseline, hangUpBy, Round::cpuMicros));
        out.printf("p99 response time, hangupby / baseline: %.2f%n", ratio(baseline, hangUpBy, Round::p99Micros));
        out.printf("decisions: %d, API calls: %d%n", figures.decisions(), figures.apiCalls());
    }

    void memory(long bytesPerCall) {
        out.printf("heap for a remembered call of three events: %d bytes%n", bytesPerCall);
    }

    private void conditions(IntSummaryStatistics bodies) {
        out.printf(
                "JVM          %s %s, heap %s%n",
                System.getProperty("java.vm.name"), System.getProperty("java.vm.version"), options.heap());
        out.printf(
                "cores        %d, shared with the load generator%n",
                Runtime.getRuntime().availableProcessors());
        out.printf(
                "events       %d rounds of %d for each servlet, in turn, after %d to warm up;%n             the compiler is idle before each%n",
                options.rounds(), options.events(), options.warmUp());
        out.printf(
                "connections  %d, each sends its next event after the response to the last event%n",
                options.connections());
        out.printf(
                "bodies       %d to %d bytes, %.0f on average%n",
                bodies.getMin(), bodies.getMax(), bodies.getAverage());
    }

    private void row(String name, List<Round> baseline, List<Round> hangUpBy) {
        out.printf(
                "%-10s %10.0f %10.0f %10.1f %10.1f %10.0f %10.0f %10.0f %10.0f%n",
                name,
                Round.median(baseline, Round::eventsPerSecond),
                Round.median(hangUpBy, Round::eventsPerSecond),
                Round.median(baseline, Round::cpuMicros),
                Round.median(hangUpBy, Round::cpuMicros),
                Round.median(baseline, Round::medianMicros),
                Round.median(hangUpBy, Round::medianMicros),
                Round.median(baseline, Round::p99Micros),
                Round.median(hangUpBy, Round::p99Micros));
    }

    private static double ratio(List<Round> baseline, List<Round> hangUpBy, ToDoubleFunction<Round> figure) {
        return Round.median(hangUpBy, figure) / Round.median(baseline, figure);
    }
}
