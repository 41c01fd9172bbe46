package io.hangupby;

import io.hangupby.simulator.ExpectedOutcome;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.account.InsightsSnapshot;
import io.hangupby.simulator.scenarios.CallScript;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A call that was played, with what Flex Insights read for each segment.
 *
 * @param script the moves
 * @param segments the segments that can be judged
 * @param explanation how hangupby explains its verdicts, if a segment is not right
 */
record Played(CallScript script, List<PlayedSegment> segments, String explanation) {

    static Played of(CallScript script, SimulatedCall call, Supplier<String> explanation) {
        List<PlayedSegment> segments = call.endedSegments().stream()
                .filter(reservation -> !call.completedOutOfTurn(reservation))
                .map(reservation -> segment(call, reservation))
                .toList();
        boolean right = segments.stream().allMatch(PlayedSegment::isRight);
        return new Played(script, segments, right ? "" : explanation.get());
    }

    private static PlayedSegment segment(SimulatedCall call, String reservation) {
        Optional<InsightsSnapshot> snapshot = call.snapshot(reservation);
        return new PlayedSegment(
                call.agent(reservation).name(),
                Optional.ofNullable(call.expectedOutcomes().get(reservation))
                        .orElseThrow(() -> new IllegalStateException("nobody knows who ended " + reservation)),
                snapshot.flatMap(InsightsSnapshot::hangUpBy),
                snapshot.flatMap(InsightsSnapshot::destination));
    }

    boolean isRight() {
        return segments.stream().allMatch(PlayedSegment::isRight);
    }

    @Override
    public String toString() {
        return segments + "\n" + script + "\n" + explanation;
    }

    /** What was expected of one segment and what was found. */
    record PlayedSegment(
            String agent, ExpectedOutcome expected, Optional<String> hangUpBy, Optional<String> destination) {

        boolean isRight() {
            return expected.hangUpBy().equals(hangUpBy)
                    && expected.destination().equals(destination);
        }

        /** Returns whether nothing was written where there is a value. */
        boolean isSilent() {
            return expected.hangUpBy().isPresent() && hangUpBy.isEmpty();
        }

        /** Returns what was taken for what. */
        String kind() {
            return expected.cause() + " (" + value(expected.hangUpBy(), expected.destination()) + ") read as "
                    + value(hangUpBy, destination);
        }

        @Override
        public String toString() {
            return agent + ": " + (isRight() ? "right, " : "WRONG, expected ") + expected.cause() + " "
                    + value(expected.hangUpBy(), expected.destination())
                    + (isRight() ? "" : ", found " + value(hangUpBy, destination));
        }

        private static String value(Optional<String> hangUpBy, Optional<String> destination) {
            return hangUpBy.orElse("nothing")
                    + destination.map(number -> " to " + number).orElse("");
        }
    }
}
