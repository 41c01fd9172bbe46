package io.hangupby.internal.journal;

import io.hangupby.call.Marker;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.Segment;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.WriteResult;
import io.hangupby.internal.audit.Audit;
import io.hangupby.internal.audit.ReportedParty;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.TaskTimeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that a journal stores of one task. Immutable and thread-safe.
 *
 * @param timeline the events of the task
 * @param outcomes the latest outcome of each segment, at most {@link TaskTimeline#MOST_EVENTS}
 * @param fieldOwner the reservation whose value is in the task, as far as hangupby wrote the value or found it there
 * @param preset whether hangupby wrote the customer's value before an agent accepted the task
 */
public record TaskRecord(
        TaskTimeline timeline, List<Outcome> outcomes, Optional<ReservationSid> fieldOwner, boolean preset) {
    /** A segment was judged as of the wrong moment if that moment is this much later than its agent's own wrap-up. */
    private static final Duration JUDGED_TOO_LATE = Duration.ofSeconds(1);

    /** What a click turns, even if it shows after the wrap-up. */
    private static final Set<EndedBy> TURNED_BY_A_CLICK = Set.of(EndedBy.DISCONNECT, EndedBy.SYSTEM);

    /** Copies the list. */
    public TaskRecord {
        outcomes = List.copyOf(outcomes);
    }

    /** Returns this record with one more event. */
    public TaskRecord with(CallEvent event) {
        return timeline.knows(event) ? this : new TaskRecord(timeline.with(event), outcomes, fieldOwner, preset);
    }

    /** Returns this record with a segment's outcome, in place of its earlier outcome. */
    public TaskRecord with(Outcome outcome) {
        List<Outcome> more = new ArrayList<>(outcomes);
        more.removeIf(
                known -> known.segment().reservation().equals(outcome.segment().reservation()));
        more.add(outcome);
        if (more.size() > TaskTimeline.MOST_EVENTS) {
            more.remove(leastNeeded(more));
        }
        return new TaskRecord(
                timeline,
                more,
                ownsField(outcome) ? Optional.of(outcome.segment().reservation()) : fieldOwner,
                preset);
    }

    /**
     * Returns the index of the first outcome whose segment is unknown by now. The outcome of a known segment has to stay, because
     * the segment would be decided again.
     */
    private int leastNeeded(List<Outcome> decided) {
        Set<ReservationSid> known =
                timeline.segments().stream().map(Segment::reservation).collect(Collectors.toSet());
        for (int i = 0; i < decided.size(); i++) {
            if (!known.contains(decided.get(i).segment().reservation())) {
                return i;
            }
        }
        return 0;
    }

    /**
     * Returns whether the outcome's value is in the task. An outcome that is stored again with more evidence, or with what Flex
     * Insights read, may have lost the field since. An outcome that came too late did not get the field.
     */
    private boolean ownsField(Outcome outcome) {
        WriteResult.Status status = outcome.write().status();
        boolean known = outcome(outcome.segment().reservation())
                .map(Outcome::write)
                .filter(outcome.write()::equals)
                .isPresent();
        boolean elsewhere = status == WriteResult.Status.WAITING
                || status == WriteResult.Status.PINNED
                || status == WriteResult.Status.COLLIDED
                || status == WriteResult.Status.COMPARED;
        boolean late = status == WriteResult.Status.TOO_LATE && fieldOwner.isPresent();
        return !known && !elsewhere && !late && outcome.write().kept().isEmpty();
    }

    /** Returns this record after our value was removed from the task. */
    public TaskRecord withoutFieldOwner() {
        return new TaskRecord(timeline, outcomes, Optional.empty(), preset);
    }

    /** Returns this record after the customer's value was written into the task. */
    public TaskRecord withPreset() {
        return new TaskRecord(timeline, outcomes, fieldOwner, true);
    }

    /** Returns whether the task is still so new that the customer's value can be written. */
    public boolean takesPreset() {
        return outcomes.isEmpty() && timeline.waitsForAgent();
    }

    /** Returns the outcome whose value is in the task, as far as this record knows. */
    public Optional<Outcome> fieldOwnerOutcome() {
        return fieldOwner.flatMap(this::outcome);
    }

    /** Returns the outcome whose value has to be in the task now: that of the agent who has been in wrap-up longest. */
    public Optional<Outcome> holder() {
        return timeline.segments().stream()
                .filter(segment -> !segment.completed())
                .filter(segment -> outcome(segment.reservation()).isPresent())
                .min(Comparator.comparing(Segment::left))
                .flatMap(segment -> outcome(segment.reservation()));
    }

    /**
     * Returns the outcomes of agents who are in wrap-up at the same time, and share the field. Returns an empty list if there is
     * only one agent.
     */
    public List<Outcome> inWrapUpTogether() {
        List<Outcome> together = inWrapUp();
        return together.size() > 1 ? together : List.of();
    }

    /** Returns the outcomes of agents who are in wrap-up. */
    public List<Outcome> inWrapUp() {
        return outcomes(segment -> !segment.completed()).toList();
    }

    private Stream<Outcome> outcomes(Predicate<Segment> ofWhich) {
        return timeline.segments().stream().filter(ofWhich).flatMap(segment -> outcome(segment.reservation()).stream());
    }

    /** Returns whether any agent is in wrap-up, with a verdict or without. */
    public boolean isAnyInWrapUp() {
        return timeline.segments().stream().anyMatch(segment -> !segment.completed());
    }

    /**
     * Returns the outcomes whose agents have completed, and of which nobody has said whether their values were kept. A value that
     * still waits has no result yet: it is reported with its result, and once.
     */
    public List<Outcome> unread() {
        return outcomes(Segment::completed)
                .filter(outcome -> outcome.verdict().endedBy().stream().anyMatch(by -> by != EndedBy.UNKNOWN))
                .filter(outcome -> outcome.write().isForInsights()
                        && outcome.write().status() != WriteResult.Status.WAITING
                        && outcome.write().kept().isEmpty())
                .toList();
    }

    /** Returns the outcomes of which Voice Insights says more than they hold, with what it says. */
    public List<Outcome> unaudited() {
        return timeline.reports().isEmpty()
                ? List.of()
                : outcomes.stream()
                        .flatMap(outcome -> Audit.of(outcome, timeline.reports())
                                .filter(found -> !outcome.audit().equals(Optional.of(found)))
                                .map(outcome::with)
                                .stream())
                        .toList();
    }

    /** Returns the outcomes of agents who completed before their value could be written. */
    public List<Outcome> collided() {
        return completed(WriteResult.Status.WAITING);
    }

    /** Returns the outcomes of a dry run whose agents have completed since, to be compared with the values in the task. */
    public List<Outcome> uncompared() {
        return completed(WriteResult.Status.DRY_RUN);
    }

    private List<Outcome> completed(WriteResult.Status status) {
        return outcomes(Segment::completed)
                .filter(outcome -> outcome.write().status() == status)
                .toList();
    }

    /**
     * Returns whether the task's value has to change: another agent's value belongs there, another writer took the value
     * away, or the task goes on and the value belongs to nobody.
     */
    public boolean fieldIsDue() {
        Optional<Outcome> holder = holder();
        return holder.isPresent()
                ? holder.filter(outcome ->
                                fieldOwner.equals(Optional.of(outcome.segment().reservation())))
                        .filter(outcome -> !isLost(outcome))
                        .isEmpty()
                : fieldOwner.isPresent() && timeline.livesOn();
    }

    /** Returns whether another writer replaced or removed an outcome's value since it was written last. */
    private boolean isLost(Outcome outcome) {
        return timeline.losses(outcome.segment().reservation())
                > outcome.write().losses();
    }

    /** Returns the outcome of a reservation's segment. */
    public Optional<Outcome> outcome(ReservationSid reservation) {
        for (Outcome outcome : outcomes) {
            if (outcome.segment().reservation().equals(reservation)) {
                return Optional.of(outcome);
            }
        }
        return Optional.empty();
    }

    /** Returns the segments that have ended and either have no verdict or were judged as of the wrong moment. */
    public List<Segment> undecided() {
        return timeline.segments().stream().filter(this::isUndecided).toList();
    }

    /** Returns whether another agent accepted the task and has no verdict yet. */
    public boolean isAnotherUndecided(Segment segment) {
        return timeline.otherAgents(segment.reservation()).agents().stream()
                .anyMatch(other -> outcome(other.reservation()).isEmpty());
    }

    /** Returns whether an agent is in wrap-up whose segment has no verdict yet. */
    public boolean isVerdictAwaited() {
        return undecided().stream().anyMatch(segment -> !segment.completed());
    }

    /** Returns whether the status callbacks show all that a segment without a verdict may still wait for. */
    public boolean isLogCompleteForAVerdict() {
        return undecided().stream()
                .anyMatch(segment -> timeline.conference().map(timeline::participantLog).stream()
                        .anyMatch(log -> !log.isClosing()
                                && log.isComplete(segment.left(), log.ended().isPresent())));
    }

    private boolean isUndecided(Segment segment) {
        return outcome(segment.reservation())
                .map(known -> !known.segment().left().isBefore(segment.left().plus(JUDGED_TOO_LATE)))
                .orElse(true);
    }

    /**
     * Returns the segments whose verdicts can still change, because their agents are in wrap-up and more evidence has arrived
     * since.
     */
    public List<Segment> revisable() {
        return timeline.segments().stream()
                .filter(segment -> !segment.completed())
                .filter(segment ->
                        outcome(segment.reservation()).filter(this::isRevisable).isPresent())
                .toList();
    }

    private boolean isRevisable(Outcome outcome) {
        boolean canTurn = outcome.verdict().isProvisional() || isMarkedLate(outcome);
        return canTurn && outcome.evidence().stream().anyMatch(known -> !known.equals(withAllEvents(known)));
    }

    /** Returns whether an agent is in wrap-up whose verdict a click turns. */
    public boolean isAnyTurnedByAClick() {
        return inWrapUp().stream().anyMatch(TaskRecord::isTurnedByAClick);
    }

    private static boolean isTurnedByAClick(Outcome outcome) {
        return outcome.marker().isUnclear()
                || outcome.verdict().endedBy().stream().anyMatch(TURNED_BY_A_CLICK::contains);
    }

    private boolean isMarkedLate(Outcome outcome) {
        return isTurnedByAClick(outcome)
                && timeline.marker(outcome.segment().reservation())
                        .speaksFor(outcome.segment().reservation());
    }

    /** Returns the evidence of a segment, updated with all events and status callbacks so far. */
    public CallEvidence withAllEvents(CallEvidence known) {
        ReservationSid reservation = known.segment().reservation();
        ParticipantLog log = known.conference()
                .map(conference -> timeline.participantLog(conference.sid()))
                .orElse(known.participantLog());
        CallEvidence more = known.toBuilder()
                .otherAgents(timeline.otherAgents(reservation))
                .participantLog(log)
                .conference(known.conference().map(seen -> seen.ended() ? seen.with(log) : seen))
                .marker(markerOf(reservation, known.marker()))
                .build();
        return ReportedParty.addedTo(more, timeline.reports());
    }

    /**
     * Returns the marker of a reservation's agent: the marker in the task, or a marker that was seen there before.
     *
     * @param inTask the marker in the task, as far as it is not used up
     */
    public Marker markerOf(ReservationSid reservation, Marker inTask) {
        Marker seen = timeline.marker(reservation);
        return inTask.speaksFor(reservation) || !seen.isSet() ? inTask : seen;
    }

    /** Returns whether a marker with a name was taken into account already. */
    public boolean isKnown(Marker marker) {
        return marker.reservation().stream()
                .anyMatch(named -> marker.equals(timeline.marker(named))
                        || outcome(named).map(Outcome::marker).stream().anyMatch(marker::equals));
    }

    /** Returns whether our value was in the task and was removed. */
    public boolean isTakenOff() {
        return fieldOwner.isEmpty() && !outcomes.isEmpty();
    }

    /** Returns whether a value in the task is the value that the task was created with, so that it is nobody's click. */
    public boolean isBornWith(String value) {
        boolean isWritten =
                preset || outcomes.stream().anyMatch(outcome -> outcome.write().status() == WriteResult.Status.WRITTEN);
        return !isWritten && !isTakenOff() && timeline.bornWith().stream().anyMatch(value::equals);
    }

    /** Returns whether there is work to do. */
    public boolean callsForWork() {
        return timeline.hasWrapUp()
                && (!undecided().isEmpty()
                        || timeline.missesItsReservation()
                        || fieldIsDue()
                        || !revisable().isEmpty()
                        || !collided().isEmpty()
                        || !unread().isEmpty()
                        || !uncompared().isEmpty()
                        || !unaudited().isEmpty());
    }

    /** Returns whether this record can be forgotten without loss. */
    public boolean finished() {
        return timeline.finished() && !callsForWork();
    }
}
