package io.hangupby.example.contactcenter;

import io.hangupby.decision.Outcome;
import io.hangupby.simulator.scenarios.FinishedCall;
import io.hangupby.simulator.scenarios.FinishedSegment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One call, with a line for each segment: task, scenario, the value that Flex Insights read, rule and reason. */
record CallLine(FinishedCall call, Map<String, Outcome> outcomes) {
    private static final String FORMAT = "%-34s  %-25s  %-22s  %-22s  %-6s  %s";
    static final String HEADING = FORMAT.formatted("task", "what happened", "ended by", "rule", "right?", "reason");

    @Override
    public String toString() {
        List<FinishedSegment> segments = call.segments();
        return segments.isEmpty()
                ? line("-", "-", "right", "no agent took the call")
                : segments.stream().map(this::line).collect(Collectors.joining(System.lineSeparator()));
    }

    private String line(FinishedSegment segment) {
        Optional<Outcome> outcome = Optional.ofNullable(outcomes.get(segment.reservationSid()));
        return line(
                segment.hangUpBy().orElse("-"),
                outcome.map(decided -> decided.verdict().rule()).orElse("-"),
                segment.isAsExpected() ? "right" : "WRONG",
                outcome.map(decided -> decided.verdict().reason()).orElse("never decided"));
    }

    private String line(String value, String rule, String right, String reason) {
        String scenario = call.scenario().id().replace('-', ' ');
        return FORMAT.formatted(call.call().taskSid(), scenario, value, rule, right, reason);
    }
}
