package io.hangupby.example.contactcenter;

import io.hangupby.simulator.scenarios.FinishedCall;
import io.hangupby.simulator.scenarios.FinishedSegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a number of calls add up to. Thread-safe. */
final class Summary {
    private static final String HEADING = "%n%-22s %6s %6s %19s %12s%n";
    private static final String ROW = "%-22s %6d %6d %19.2f %12.2f%n";

    private final Map<String, Answer> answers = new TreeMap<>();
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
            String answer = segment.expected().hangUpBy().orElse("(nothing)");
            add(answer, segment.isAsExpected(), call, call.segments().size());
            segment.timeToValue().ifPresent(timesToValue::add);
        }
    }

    private void add(String answer, boolean right, FinishedCall call, int parts) {
        double share = call.apiCalls() / (double) parts;
        answers.merge(answer, new Answer(right ? 1 : 0, right ? 0 : 1, call.apiCalls(), share), Answer::plus);
    }

    synchronized int calls() {
        return calls;
    }

    synchronized boolean allRight() {
        return answers.values().stream().allMatch(answer -> answer.wrong() == 0);
    }

    /** A call with several segments counts in full for each one's API calls per call, and is shared out per segment. */
    @Override
    public synchronized String toString() {
        StringBuilder table = new StringBuilder(
                HEADING.formatted("should be", "right", "wrong", "API calls per call", "per segment"));
        answers.forEach((name, answer) -> table.append(ROW.formatted(
                name, answer.right(), answer.wrong(), answer.apiCallsPerCall(), answer.apiCallsPerSegment())));
        table.append(ROW.formatted(
                "all",
                answers.values().stream().mapToInt(Answer::right).sum(),
                answers.values().stream().mapToInt(Answer::wrong).sum(),
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

    private record Answer(int right, int wrong, int apiCalls, double share) {
        Answer plus(Answer other) {
            return new Answer(right + other.right, wrong + other.wrong, apiCalls + other.apiCalls, share + other.share);
        }

        double apiCallsPerCall() {
            return apiCalls / (double) (right + wrong);
        }

        double apiCallsPerSegment() {
            return share / (right + wrong);
        }
    }
}
