package io.hangupby.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A call of a {@link CallStream} that is over. Immutable.
 *
 * @param call the call, which can still be asked
 * @param story what was played
 * @param segments its segments, in the order in which they ended; a call given up in the queue has none
 * @param apiCalls how many API calls were made about it until it completed
 */
public record FinishedCall(SimulatedCall call, Story story, List<Segment> segments, int apiCalls) {

    /** Keeps a copy of the segments. */
    public FinishedCall {
        segments = List.copyOf(segments);
    }

    /** Says whether every segment was right when Flex Insights copied it. */
    public boolean isRight() {
        return segments.stream().allMatch(Segment::isRight);
    }

    /**
     * One agent's part of the call.
     *
     * @param reservationSid the reservation's SID
     * @param truth how it really ended
     * @param hangUpBy what Flex Insights copied
     * @param destination the destination that Flex Insights copied
     * @param timeToValue from wrap-up to the write of the right value, if there was one
     */
    public record Segment(
            String reservationSid,
            Ending truth,
            Optional<String> hangUpBy,
            Optional<String> destination,
            Optional<Duration> timeToValue) {

        /** Says whether the right value was there when Flex Insights copied it, and the right destination beside it. */
        public boolean isRight() {
            return truth.hangUpBy().equals(hangUpBy) && truth.destination().equals(destination);
        }
    }

    static FinishedCall of(SimulatedCall call, Story story, int apiCalls) {
        List<Segment> segments = call.truth().entrySet().stream()
                .map(each -> new Segment(
                        each.getKey(),
                        each.getValue(),
                        call.hangUpByAtCompletion(each.getKey()),
                        call.snapshot(each.getKey()).flatMap(Snapshot::destination),
                        call.timeToValue(each.getKey())))
                .toList();
        return new FinishedCall(call, story, segments, apiCalls);
    }
}
