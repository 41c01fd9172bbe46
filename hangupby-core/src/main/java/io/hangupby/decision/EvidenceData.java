package io.hangupby.decision;

import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.Marker;
import io.hangupby.call.OtherAgents;
import io.hangupby.call.Participant;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.Role;
import io.hangupby.call.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was collected of a segment; {@link CallEvidence} describes each part. Immutable. */
record EvidenceData(
        Segment segment,
        CallAttributes attributes,
        Marker marker,
        boolean pluginInstalled,
        OtherAgents otherAgents,
        ParticipantLog participantLog,
        Optional<Conference> conference,
        Optional<List<Participant>> participants,
        Map<CallSid, CallLookup> calls,
        Map<CallSid, List<Call>> children,
        Set<Address> ignoredParticipants,
        Optional<Role> reportedEnd) {

    /** An old call's conference ended long before. The agent's own conference can end as soon as the agent accepts. */
    private static final Duration LONG_BEFORE = Duration.ofSeconds(30);

    /** Twilio's resources show whole seconds. */
    private static final Duration IN_THAT_SECOND = Duration.ofSeconds(1);

    EvidenceData {
        participants = participants.map(List::copyOf);
        calls = Map.copyOf(calls);
        children = Map.copyOf(children);
        ignoredParticipants = Set.copyOf(ignoredParticipants);
    }

    /**
     * Written out, because each event of a task in wrap-up compares evidence, and the JVM does not inline the comparison that it makes for
     * so many components. What events change comes first.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EvidenceData data
                && marker.equals(data.marker)
                && participantLog.equals(data.participantLog)
                && conference.equals(data.conference)
                && otherAgents.equals(data.otherAgents)
                && reportedEnd.equals(data.reportedEnd)
                && attributes.equals(data.attributes)
                && participants.equals(data.participants)
                && calls.equals(data.calls)
                && children.equals(data.children)
                && segment.equals(data.segment)
                && pluginInstalled == data.pluginInstalled
                && ignoredParticipants.equals(data.ignoredParticipants);
    }

    /** The segment alone, because evidence of one segment is compared and never searched for. */
    @Override
    public int hashCode() {
        return segment.hashCode();
    }

    Optional<CallSid> customerLeg() {
        return participantLog.customer().or(attributes::customerLeg);
    }

    Optional<CallSid> agentLeg() {
        return otherAgents.agents().isEmpty() ? attributes.workerLeg() : Optional.empty();
    }

    /** Returns the conference, unless it had ended before this agent accepted. */
    Optional<Conference> ownConference() {
        return conference.filter(known -> !known.ended() || !wasBeforeAccepted(known.updated(), LONG_BEFORE));
    }

    /** Returns whether a Call that ended at this moment had ended before this agent accepted. */
    boolean isOverBeforeAccepted(Optional<Instant> ended) {
        return wasBeforeAccepted(ended, IN_THAT_SECOND);
    }

    /** Returns whether a moment was before this agent accepted, by at least this margin. */
    private boolean wasBeforeAccepted(Optional<Instant> moment, Duration margin) {
        return moment.stream()
                .anyMatch(at -> segment.accepted().stream()
                        .anyMatch(accepted -> !at.plus(margin).isAfter(accepted)));
    }
}
