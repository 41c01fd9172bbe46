package io.hangupby.example.contactcenter;

import io.hangupby.simulator.scenarios.FinishedCall;
import io.hangupby.simulator.scenarios.FinishedSegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums up finished calls by expected value. Thread-safe. */
final class Summary {
    private static final String HEADING = "%n%-22s %6s %6s %19s %12s%n";
    private static final String ROW = "%-22s %6d %6d %19.2f %12.2f%n";

    private final Map<String, Row> rows = new TreeMap<>();
    private final List<Duration> timesToValue = new ArrayList<>();
    private int calls;
    private int withoutAgent;
    private int segments;
    private int apiCalls;

    synchronized void add(FinishedCall call) {
        calls++;
        segments += call.segments().size();
        apiCalls += call.apiCalls();
        if (call.segments().isEmpty()) {
            withoutAgent++;
            add("(no agent)", true, call, 1);
        }
        for (FinishedSegment segment : call.segments()) {
            String row = segment.expected().hangUpBy().orElse("(nothing)");
            add(row, segment.isAsExpected(), call, call.segments().size());
            segment.timeToValue().ifPresent(timesToValue::add);
        }
    }

    private void add(String row, boolean right, FinishedCall call, int parts) {
        double share = call.apiCalls() / (double) parts;
        rows.merge(row, new Row(right ? 1 : 0, right ? 0 : 1, call.apiCalls(), share), Row::plus);
    }

    synchronized int calls() {
        return calls;
    }

    synchronized boolean allRight() {
        return rows.values().stream().allMatch(row -> row.wrong() == 0);
    }

    /**
     * Formats the table. API calls per call count in full for each segment of a call; API calls per segment are divided
     * among the segments.
     */
    @Override
    public synchronized String toString() {
        StringBuilder table = new StringBuilder(
                HEADING.formatted("should be", "right", "wrong", "API calls per call", "per segment"));
        rows.forEach((name, row) -> table.append(
                ROW.formatted(name, row.right(), row.wrong(), row.apiCallsPerCall(), row.apiCallsPerSegment())));
        table.append(ROW.formatted(
                "all",
                rows.values().stream().mapToInt(Row::right).sum(),
                rows.values().stream().mapToInt(Row::wrong).sum(),
                apiCalls / (double) calls,
                apiCalls / (double) Math.max(1, segments)));
        table.append("%d calls, %d of them without an agent; %d segments%n".formatted(calls, withoutAgent, segments));
        return table.append(times()).toString();
    }

    private String times() {
        if (timesToValue.isEmpty()) {
            return "no value was written%n".formatted();
        }
        List<Duration> sorted = timesToValue.stream().sorted().toList();
        return "from the wrap-up event to the written value: median %d ms, slowest %d ms%n"
                .formatted(
                        sorted.get(sorted.size() / 2).toMillis(),
                        sorted.get(sorted.size() - 1).toMillis());
    }

    private record Row(int right, int wrong, int apiCalls, double share) {
        Row plus(Row other) {
            return new Row(right + other.right, wrong + other.wrong, apiCalls + other.apiCalls, share + other.share);
        }

        double apiCallsPerCall() {
            return apiCalls / (double) (right + wrong);
        }

        double apiCallsPerSegment() {
            return share / (right + wrong);
        }
    }
}
