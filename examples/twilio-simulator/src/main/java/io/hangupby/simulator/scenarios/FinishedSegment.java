package io.hangupby.simulator.scenarios;

import io.hangupby.simulator.ExpectedOutcome;
import java.time.Duration;
import java.util.Optional;

/**
 * One agent's segment of a finished call. Immutable.
 *
 * @param reservationSid the reservation's SID
 * @param expected how it really ended, and the expected value
 * @param hangUpBy the value that Flex Insights copied
 * @param destination the destination that Flex Insights copied
 * @param timeToValue the time from wrap-up to the write of the expected value, if there is such a write
 */
public record FinishedSegment(
        String reservationSid,
        ExpectedOutcome expected,
        Optional<String> hangUpBy,
        Optional<String> destination,
        Optional<Duration> timeToValue) {

    /** Returns whether Flex Insights copied the expected value and the expected destination. */
    public boolean isAsExpected() {
        return expected.hangUpBy().equals(hangUpBy) && expected.destination().equals(destination);
    }
}
