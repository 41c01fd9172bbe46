package io.hangupby.example.contactcenter;

import io.hangupby.decision.Outcome;
import io.hangupby.simulator.scenarios.FinishedCall;
import io.hangupby.simulator.scenarios.FinishedSegment;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One call, a line for each of its segments: which, what happened, what the Task said when Flex Insights looked, and why. */
record CallLine(FinishedCall call, Map<String, Outcome> outcomes) {
    private static final String FORMAT = "%-34s  %-25s  %-22s  %-22s  %-5s  %s";
    static final String HEADING = FORMAT.formatted("task", "what happened", "answer", "rule", "", "reason");

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

    private String line(String answer, String rule, String right, String reason) {
        String story = call.scenario().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return FORMAT.formatted(call.call().taskSid(), story, answer, rule, right, reason);
    }
}
