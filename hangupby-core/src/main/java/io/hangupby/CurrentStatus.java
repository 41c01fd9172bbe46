package io.hangupby;

import io.hangupby.call.AccountSid;
import io.hangupby.decision.Kept;
import io.hangupby.internal.processing.EventVersionTrust;
import io.hangupby.telemetry.HangUpByStatus;
import io.hangupby.telemetry.TwilioStatus;
import io.hangupby.twilio.Reachability;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The status as it was taken. Immutable. */
record CurrentStatus(
        List<TwilioStatus> twilio,
        boolean journalUp,
        int due,
        int parked,
        long collisions,
        Map<Kept, Long> values,
        long recovered,
        long rejectedEvents,
        long missedEvents,
        int journalPercentFull,
        long forgotten,
        String facts)
        implements HangUpByStatus {

    @Override
    public long values(Kept kept) {
        return values.getOrDefault(kept, 0L);
    }

    /** The status of one account. */
    record OfTwilio(
            AccountSid account,
            Reachability reachability,
            Instant since,
            boolean circuitOpen,
            long slowRequests,
            int updatesPerSecond,
            EventVersionTrust.Counts eventVersions)
            implements TwilioStatus {

        @Override
        public boolean writesOnEventVersions() {
            return eventVersions.on();
        }

        @Override
        public long eventVersionComparisons() {
            return eventVersions.comparisons();
        }

        @Override
        public long eventVersionDifferences() {
            return eventVersions.differences();
        }

        @Override
        public long eventVersionWrites() {
            return eventVersions.writes();
        }

        @Override
        public long eventVersionConflicts() {
            return eventVersions.conflicts();
        }
    }
}
