package io.hangupby.internal.journal.jdbc;

import com.fasterxml.jackson.databind.util.StdConverter;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.ConferenceSid;
import java.time.Instant;
import java.util.Optional;

/** A conference in the form in which it is stored: with a status in place of whether it ended. Immutable. */
record StoredConference(
        ConferenceSid sid,
        String status,
        Optional<EndReason> endReason,
        Optional<CallSid> endingLeg,
        Optional<Instant> updated) {
    private static final String ENDED = "COMPLETED";

    static final class FromConference extends StdConverter<Conference, StoredConference> {
        @Override
        public StoredConference convert(Conference conference) {
            return new StoredConference(
                    conference.sid(),
                    conference.ended() ? ENDED : "IN_PROGRESS",
                    conference.endReason(),
                    conference.endingLeg(),
                    conference.updated());
        }
    }

    static final class ToConference extends StdConverter<StoredConference, Conference> {
        @Override
        public Conference convert(StoredConference stored) {
            return new Conference(
                    stored.sid, stored.status.equals(ENDED), stored.endReason, stored.endingLeg, stored.updated);
        }
    }
}
