package io.hangupby.example.contactcenter;

import io.hangupby.simulator.FinishedCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a number of calls add up to. Thread-safe. */
final class Summary {
    private final Map<String, Answer> answers = new TreeMap<>();
    private final List<Duration> timesToValue = new ArrayList<>();
    private int calls;
    private int apiCalls;

    synchronized void add(FinishedCall call) {
        calls++;
        apiCalls += call.apiCalls();
        if (call.segments().isEmpty()) {
            answers.merge("(no agent)", new Answer(1, 0, call.apiCalls()), Answer::plus);
        }
        for (FinishedCall.Segment segment : call.segments()) {
            String answer = segment.truth().hangUpBy().orElse("(nothing)");
            int right = segment.isRight() ? 1 : 0;
            answers.merge(answer, new Answer(right, 1 - right, call.apiCalls()), Answer::plus);
            segment.timeToValue().ifPresent(timesToValue::add);
        }
    }

    synchronized int calls() {
        return calls;
    }

    synchronized boolean allRight() {
        return answers.values().stream().allMatch(answer -> answer.wrong() == 0);
    }

    @Override
    public synchronized String toString() {
        StringBuilder table = new StringBuilder(
                "%n%-14s %6s %6s %19s%n".formatted("should be", "right", "wrong", "API calls per call"));
        answers.forEach((name, answer) -> table.append("%-14s %6d %6d %19.2f%n"
                .formatted(name, answer.right(), answer.wrong(), answer.apiCalls() / (double) answer.calls())));
        table.append(
                "%-14s %6d %6d %19.2f%n".formatted("all", sumRight(), calls - sumRight(), apiCalls / (double) calls));
        return table.append(times()).toString();
    }

    private int sumRight() {
        return answers.values().stream().mapToInt(Answer::right).sum();
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

    private record Answer(int right, int wrong, int apiCalls) {
        Answer plus(Answer other) {
            return new Answer(right + other.right, wrong + other.wrong, apiCalls + other.apiCalls);
        }

        int calls() {
            return right + wrong;
        }
    }
}
