package io.hangupby.internal.journal.jdbc;

import com.fasterxml.jackson.databind.util.StdConverter;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.ParticipantChange;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.ParticipantLogBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A log of participants in the form in which it is stored. Immutable. */
record StoredLog(
        Optional<CallSid> customer,
        List<ParticipantChange> changes,
        List<ParticipantLeft> leaves,
        Set<Integer> others,
        Optional<End> end) {

    StoredLog {
        changes = List.copyOf(changes);
        leaves = List.copyOf(leaves);
        others = Set.copyOf(others);
    }

    /** How the conference ended, according to the callback of its end. */
    record End(int order, Instant at, Optional<EndReason> reason, Optional<CallSid> leg) {}

    static final class FromLog extends StdConverter<ParticipantLog, StoredLog> {
        @Override
        public StoredLog convert(ParticipantLog log) {
            return new StoredLog(log.customer(), log.changes(), log.departures(), log.otherNumbers(), end(log));
        }
    }

    private static Optional<End> end(ParticipantLog log) {
        return log.endNumber()
                .map(number -> new End(number, log.ended().orElseThrow(), log.endReason(), log.endingLeg()));
    }

    static final class ToLog extends StdConverter<StoredLog, ParticipantLog> {
        @Override
        public ParticipantLog convert(StoredLog stored) {
            ParticipantLogBuilder log = ParticipantLog.builder();
            stored.customer.ifPresent(log::customer);
            stored.changes.forEach(log::changed);
            stored.leaves.forEach(log::left);
            stored.others.forEach(log::other);
            stored.end.ifPresent(end -> log.ended(end.order, end.at, end.reason, end.leg));
            return log.build();
        }
    }
}
