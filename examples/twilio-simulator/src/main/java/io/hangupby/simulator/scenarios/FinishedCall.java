package io.hangupby.simulator.scenarios;

import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.account.InsightsSnapshot;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A call of a {@link CallGenerator} that has ended and was completed. Immutable.
 *
 * @param call the call, which can still be read
 * @param scenario the scenario that was played
 * @param segments its segments, in the order in which they ended; a call that was abandoned in the queue has none
 * @param expected what the scenario expects of each segment, by the SID of its reservation, in the order of acceptance
 * @param apiCalls how many API calls were about it until it completed
 */
public record FinishedCall(
        SimulatedCall call,
        CallScenario scenario,
        List<FinishedSegment> segments,
        Map<String, ExpectedSegment> expected,
        int apiCalls) {

    /** Keeps copies of the segments. */
    public FinishedCall {
        segments = List.copyOf(segments);
        expected = Collections.unmodifiableMap(new LinkedHashMap<>(expected));
    }

    /** Returns whether every segment had the expected value when Flex Insights copied it. */
    public boolean isAsExpected() {
        return segments.stream().allMatch(FinishedSegment::isAsExpected);
    }

    static FinishedCall of(SimulatedCall call, CallScenario scenario, ScriptStage stage, int apiCalls) {
        List<FinishedSegment> segments = call.expectedOutcomes().entrySet().stream()
                .map(each -> new FinishedSegment(
                        each.getKey(),
                        each.getValue(),
                        call.hangUpByAtCompletion(each.getKey()),
                        call.snapshot(each.getKey()).flatMap(InsightsSnapshot::destination),
                        call.timeToValue(each.getKey())))
                .toList();
        return new FinishedCall(call, scenario, segments, scenario.expected(call, stage), apiCalls);
    }
}
