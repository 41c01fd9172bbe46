package io.hangupby.call;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/**
 * What follows from all callbacks of a log. Immutable.
 *
 * @param isWhole whether no callback is missing
 * @param present the latest change of each leg that is present, in the order in which they joined
 * @param participants the same legs
 * @param left the latest leave of each leg that is not present, in the order of leaving
 * @param leaves the same leaves
 */
record LogSummary(
        boolean isWhole,
        Map<CallSid, ParticipantChange> present,
        List<Participant> participants,
        Map<CallSid, ParticipantLeft> left,
        List<ParticipantLeft> leaves) {
    /** Twilio does not say whether the first callback is number 0 or number 1. */
    private static final int LARGEST_FIRST_NUMBER = 1;

    /** Keeps the order of the maps. */
    LogSummary {
        present = Collections.unmodifiableMap(new LinkedHashMap<>(present));
        participants = List.copyOf(participants);
        left = Collections.unmodifiableMap(new LinkedHashMap<>(left));
        leaves = List.copyOf(leaves);
    }

    static LogSummary of(ParticipantLog log) {
        Map<CallSid, ParticipantChange> present = new LinkedHashMap<>();
        log.changes().forEach(change -> present.put(change.leg(), change));
        Map<CallSid, ParticipantLeft> left = new LinkedHashMap<>();
        for (ParticipantLeft departure : log.departures()) {
            ParticipantChange latest = present.get(departure.leg());
            if (latest == null || latest.order() < departure.order()) {
                left.remove(departure.leg());
                left.put(departure.leg(), departure);
            }
        }
        present.keySet().removeAll(left.keySet());
        List<Participant> participants = present.values().stream()
                .map(change -> new Participant(change.leg(), true, change.talking()))
                .toList();
        return new LogSummary(isWhole(log), present, participants, left, List.copyOf(left.values()));
    }

    private static boolean isWhole(ParticipantLog log) {
        SortedSet<Integer> numbers = log.numbers();
        return log.isAvailable()
                && numbers.first() <= LARGEST_FIRST_NUMBER
                && numbers.last() - numbers.first() + 1 == numbers.size()
                && haveAllJoined(log);
    }

    private static boolean haveAllJoined(ParticipantLog log) {
        Set<CallSid> joined = new HashSet<>();
        for (ParticipantChange change : log.changes()) {
            if (change.joins()) {
                joined.add(change.leg());
            } else if (!joined.contains(change.leg())) {
                return false;
            }
        }
        return log.departures().stream()
                .filter(left -> !left.is(ParticipantLeft.Reason.PARTICIPANT_ADD_FAILED))
                .allMatch(left -> hadJoined(left, log));
    }

    private static boolean hadJoined(ParticipantLeft left, ParticipantLog log) {
        return log.changes().stream()
                .anyMatch(change -> change.joins()
                        && change.order() < left.order()
                        && change.leg().equals(left.leg()));
    }
}
