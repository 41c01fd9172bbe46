package io.hangupby.internal.event;

import io.hangupby.call.CallSid;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ParticipantLog;
import io.hangupby.internal.event.ConferenceEvent.Ended;
import io.hangupby.internal.event.ConferenceEvent.LegLeft;
import io.hangupby.internal.event.ConferenceEvent.LegSeen;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Builds the log of one conference from its events. Not thread-safe. */
final class ParticipantLogBuilder {
    private final Set<CallSid> joined = new HashSet<>();
    private final Set<CallSid> talking = new HashSet<>();
    private final List<ParticipantLeft> leaves = new ArrayList<>();
    private Optional<CallSid> customer = Optional.empty();
    private Optional<ParticipantLog.End> end = Optional.empty();

    private ParticipantLogBuilder() {}

    /** Returns the log of these events, which belong to one conference and are in order. */
    static ParticipantLog of(List<ConferenceEvent> events) {
        ParticipantLogBuilder builder = new ParticipantLogBuilder();
        events.forEach(builder::add);
        return new ParticipantLog(builder.customer, builder.joined, builder.talking, builder.leaves, builder.end);
    }

    private void add(ConferenceEvent event) {
        customer = event.origin().customer().or(() -> customer);
        if (event instanceof LegSeen leg) {
            joined.add(leg.leg());
            // A leg that joins again has not left.
            leaves.removeIf(leave -> leave.leg().equals(leg.leg()));
            talking.remove(leg.leg());
            if (leg.talking()) {
                talking.add(leg.leg());
            }
        } else if (event instanceof LegLeft leg) {
            leaves.add(new ParticipantLeft(leg.leg(), leg.origin().number(), leg.at(), leg.reason(), leg.onHold()));
        } else if (event instanceof Ended over) {
            end = Optional.of(new ParticipantLog.End(over.at(), over.reason(), over.leg()));
        }
    }
}
