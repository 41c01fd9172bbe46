package io.hangupby.decision;

import io.hangupby.call.BrowserSign;
import io.hangupby.call.CallSid;
import io.hangupby.call.OtherAgent;
import io.hangupby.call.OtherAgents;
import io.hangupby.call.ParticipantChange;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.Segment;
import io.hangupby.call.Transfer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a supervisor asks besides who ended a segment. Each detail is a fact of the evidence, and absent if it is not known.
 * Immutable and thread-safe.
 */
public final class SegmentDetail {
    private final Segment segment;
    private final Optional<CallEvidence> evidence;
    private final Optional<AuditResult> audit;

    SegmentDetail(Segment segment, Optional<CallEvidence> evidence, Optional<AuditResult> audit) {
        this.segment = segment;
        this.evidence = evidence;
        this.audit = audit;
    }

    /**
     * Returns whether the customer was on hold when the segment ended, or when the customer left before. Known only if Twilio sends
     * conference status callbacks.
     */
    public Optional<Boolean> onHold() {
        return evidence.flatMap(known -> known.customerLeg().flatMap(leg -> onHold(known.participantLog(), leg)));
    }

    private Optional<Boolean> onHold(ParticipantLog log, CallSid customer) {
        Optional<ParticipantLeft> departure = log.departures().stream()
                .filter(leave -> leave.leg().equals(customer) && !leave.at().isAfter(segment.left()))
                .reduce((first, last) -> last);
        return departure
                .map(ParticipantLeft::onHold)
                .or(() -> log.changes().stream()
                        .filter(change ->
                                change.leg().equals(customer) && !change.at().isAfter(segment.left()))
                        .reduce((first, last) -> last)
                        .map(ParticipantChange::onHold));
    }

    /** Returns whether a transfer or a consult was under way when the segment ended. */
    public Optional<Boolean> transferring() {
        return evidence.map(CallEvidence::otherAgents)
                .map(others -> others.transfers().stream().anyMatch(transfer -> isUnderWay(transfer, others)));
    }

    /** A transfer is over when it has failed, when its starter has left, or when the agent whom it brought has left. */
    private boolean isUnderWay(Transfer transfer, OtherAgents others) {
        Instant left = segment.left();
        boolean isOpen = !transfer.started().isAfter(left)
                && transfer.failedAt().stream().noneMatch(at -> at.isBefore(left));
        boolean starterStays = transfer.startedBy()
                .map(starter -> starter.equals(segment.reservation()) || isPresent(starter, others))
                .orElse(true);
        boolean invitedIsGone = others.agents().stream()
                .filter(agent -> agent.joinedVia().stream().anyMatch(transfer::equals))
                .anyMatch(agent -> !agent.accepted().isAfter(left) && !agent.wasPresentAt(left));
        return isOpen && starterStays && !invitedIsGone;
    }

    private boolean isPresent(ReservationSid reservation, OtherAgents others) {
        return others.presentAt(segment.left()).stream()
                .map(OtherAgent::reservation)
                .anyMatch(reservation::equals);
    }

    /** Returns the time from the agent's acceptance until the agent's leg left. */
    public Optional<Duration> talkTime() {
        return segment.accepted()
                .map(accepted -> Duration.between(accepted, segment.left()))
                .filter(time -> !time.isNegative());
    }

    /** Returns whether the talk time was shorter than a limit. */
    public Optional<Boolean> isShorterThan(Duration limit) {
        return talkTime().map(time -> time.compareTo(limit) < 0);
    }

    /** Returns the details that are known, for people. */
    public List<Fact> facts() {
        return Stream.of(
                        onHold().map(yes -> new Fact(
                                Fact.Source.CALLBACKS,
                                yes ? "the customer was on hold" : "the customer was not on hold")),
                        transferring()
                                .filter(yes -> yes)
                                .map(yes -> new Fact(Fact.Source.EVENTS, "a transfer or a consult was under way")),
                        talkTime().map(time -> new Fact(Fact.Source.EVENTS, "talk time: " + time.toSeconds() + " s")))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Returns what the agent's browser reported. Voice Insights says so up to half an hour later, if Twilio sends its events. */
    public Set<BrowserSign> browserSigns() {
        return audit.map(AuditResult::browserSigns).orElse(Set.of());
    }

    /** Returns the last SIP response code of the agent's leg, see {@link #browserSigns}. */
    public Optional<Integer> sipCode() {
        return audit.flatMap(AuditResult::sipCode);
    }
}
