package io.hangupby;

import io.hangupby.call.AccountSid;
import io.hangupby.telemetry.HangUpByStatus;
import io.hangupby.telemetry.TwilioStatus;
import io.hangupby.twilio.Reachability;
import java.time.Instant;
import java.util.List;

/** The status as it was taken. Immutable. */
record CurrentStatus(
        List<TwilioStatus> twilio,
        boolean journalUp,
        int due,
        int parked,
        long collisions,
        long recovered,
        long rejectedEvents,
        long missedEvents,
        int journalPercentFull,
        long forgotten)
        implements HangUpByStatus {

    /** The status of one account. */
    record OfTwilio(
            AccountSid account, Reachability reachability, Instant since, boolean circuitOpen, long slowRequests)
            implements TwilioStatus {}
}
