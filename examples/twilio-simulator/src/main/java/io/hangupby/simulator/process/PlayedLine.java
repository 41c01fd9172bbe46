package io.hangupby.simulator.process;

import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.scenarios.ExpectedSegment;
import io.hangupby.simulator.scenarios.FinishedCall;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A call that was played, as a line: what was expected of its segments, in the order of acceptance, and what Flex Insights read.
 *
 * @param call the call
 * @param expected the expected values, {@code -} for nothing and {@code ?} where no value is right
 * @param found the values that Flex Insights read, {@code -} for nothing
 */
record PlayedLine(FinishedCall call, List<String> expected, List<String> found) {

    private static final String FORMAT = "%-36s %-34s %-40s %-40s %s";
    private static final String NOTHING = "-";
    private static final String ANY = "?";

    static final String HEADING = FORMAT.formatted("call", "task", "expected", "found", "");

    static PlayedLine of(FinishedCall finished) {
        SimulatedCall call = finished.call();
        return new PlayedLine(
                finished,
                finished.expected().values().stream().map(PlayedLine::value).toList(),
                finished.expected().keySet().stream()
                        .map(reservation ->
                                call.hangUpByAtCompletion(reservation).orElse(NOTHING))
                        .toList());
    }

    private static String value(ExpectedSegment segment) {
        return segment.open() ? ANY : segment.hangUpBy().orElse(NOTHING);
    }

    boolean isRight() {
        return IntStream.range(0, expected.size())
                .allMatch(i -> expected.get(i).equals(ANY) || expected.get(i).equals(found.get(i)));
    }

    @Override
    public String toString() {
        return FORMAT.formatted(
                call.scenario().id(),
                call.call().taskSid(),
                joined(expected),
                joined(found),
                isRight() ? "right" : "WRONG");
    }

    private static String joined(List<String> values) {
        return Optional.of(String.join(", ", values))
                .filter(text -> !text.isEmpty())
                .orElse("no agent took the call");
    }
}
