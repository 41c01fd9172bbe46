package io.hangupby.internal.journal;

import io.hangupby.call.ReservationSid;
import io.hangupby.call.Segment;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.WriteResult;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.TaskTimeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that a journal knows of one task. Immutable and thread-safe.
 *
 * @param timeline what happened to it
 * @param outcomes what came of its segments, one for each at most, and no more than {@link TaskTimeline#MOST_EVENTS}
 * @param standing the reservation whose value stands in the task, as far as we put it or found it there
 * @param preset whether we gave it the customer's value before any agent took it
 */
public record TaskRecord(
        TaskTimeline timeline, List<Outcome> outcomes, Optional<ReservationSid> standing, boolean preset) {
    /** A segment judged as of a moment this much later than its agent's own wrap-up was judged as of the wrong one. */
    private static final Duration JUDGED_TOO_LATE = Duration.ofSeconds(1);

    /** Copies the list. */
    public TaskRecord {
        outcomes = List.copyOf(outcomes);
    }

    /** Returns this record with one more event. */
    public TaskRecord with(CallEvent event) {
        return timeline.knows(event) ? this : new TaskRecord(timeline.with(event), outcomes, standing, preset);
    }

    /** Returns this record with a segment's outcome, in place of an earlier one. */
    public TaskRecord with(Outcome outcome) {
        List<Outcome> more = new ArrayList<>(outcomes);
        more.removeIf(
                known -> known.segment().reservation().equals(outcome.segment().reservation()));
        more.add(outcome);
        if (more.size() > TaskTimeline.MOST_EVENTS) {
            more.remove(leastWanted(more));
        }
        return new TaskRecord(
                timeline, more, stands(outcome) ? Optional.of(outcome.segment().reservation()) : standing, preset);
    }

    /** One whose segment is still known would be decided again, so it is the first of those whose segments are not. */
    private int leastWanted(List<Outcome> decided) {
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
     * What was written before and is remembered anew, with more evidence, need not stand there any more; what came too late takes
     * nothing's place.
     */
    private boolean stands(Outcome outcome) {
        WriteResult.Status status = outcome.write().status();
        boolean known = outcome(outcome.segment().reservation())
                .map(Outcome::write)
                .filter(outcome.write()::equals)
                .isPresent();
        boolean elsewhere = status == WriteResult.Status.WAITING
                || status == WriteResult.Status.PINNED
                || status == WriteResult.Status.COLLIDED
                || status == WriteResult.Status.COMPARED;
        boolean late = status == WriteResult.Status.TOO_LATE && standing.isPresent();
        return !known && !elsewhere && !late;
    }

    /** Returns this record with our value taken off the task again. */
    public TaskRecord withNothingStanding() {
        return new TaskRecord(timeline, outcomes, Optional.empty(), preset);
    }

    /** Returns this record with the customer's value given to the task. */
    public TaskRecord withPreset() {
        return new TaskRecord(timeline, outcomes, standing, true);
    }

    /** Says whether the task is so new that it can be given the customer's value. */
    public boolean takesPreset() {
        return outcomes.isEmpty() && timeline.waitsForAgent();
    }

    /** Returns the outcome whose value stands in the task, as far as we know. */
    public Optional<Outcome> standingOutcome() {
        return standing.flatMap(this::outcome);
    }

    /** Returns the outcome whose value belongs into the task now: that of the agent who has been in wrap-up longest. */
    public Optional<Outcome> holder() {
        return timeline.segments().stream()
                .filter(segment -> !segment.completed())
                .filter(segment -> outcome(segment.reservation()).isPresent())
                .min(Comparator.comparing(Segment::left))
                .flatMap(segment -> outcome(segment.reservation()));
    }

    /** Returns the outcomes of agents who are in wrap-up at once, and so share the field; of one alone, nothing. */
    public List<Outcome> inWrapUpTogether() {
        List<Outcome> together = timeline.segments().stream()
                .filter(segment -> !segment.completed())
                .map(segment -> outcome(segment.reservation()))
                .flatMap(Optional::stream)
                .toList();
        return together.size() > 1 ? together : List.of();
    }

    /** Returns the outcomes of agents who completed before their value could be written. */
    public List<Outcome> collided() {
        return completed(WriteResult.Status.WAITING);
    }

    /** Returns the outcomes of a dry run whose agents have completed since, so that they can be compared with what stands. */
    public List<Outcome> uncompared() {
        return completed(WriteResult.Status.DRY_RUN);
    }

    private List<Outcome> completed(WriteResult.Status status) {
        return timeline.segments().stream()
                .filter(Segment::completed)
                .map(segment -> outcome(segment.reservation()))
                .flatMap(Optional::stream)
                .filter(outcome -> outcome.write().status() == status)
                .toList();
    }

    /** Says whether the task's value is not that of the agent it belongs to now, or is nobody's while the task lives on. */
    public boolean fieldIsDue() {
        Optional<ReservationSid> holds =
                holder().map(outcome -> outcome.segment().reservation());
        return holds.isPresent() ? !holds.equals(standing) : standing.isPresent() && timeline.livesOn();
    }

    /** Returns what came of a reservation's segment. */
    public Optional<Outcome> outcome(ReservationSid reservation) {
        return outcomes.stream()
                .filter(outcome -> outcome.segment().reservation().equals(reservation))
                .findFirst();
    }

    /** Returns the segments that are over and have no verdict, or one that was judged as of the wrong moment. */
    public List<Segment> undecided() {
        return timeline.segments().stream().filter(this::isUndecided).toList();
    }

    private boolean isUndecided(Segment segment) {
        return outcome(segment.reservation())
                .map(known -> !known.segment().left().isBefore(segment.left().plus(JUDGED_TOO_LATE)))
                .orElse(true);
    }

    /**
     * Returns the segments whose verdict can still turn, while their agents are in after-call work, and of which more is
     * known by now than it was made on.
     */
    public List<Segment> revisable() {
        return timeline.segments().stream()
                .filter(segment -> !segment.completed())
                .filter(segment ->
                        outcome(segment.reservation()).filter(this::canTurn).isPresent())
                .toList();
    }

    private boolean canTurn(Outcome outcome) {
        return outcome.verdict().isProvisional()
                && outcome.evidence().stream().anyMatch(known -> !known.equals(withAllTold(known)));
    }

    /** Returns the evidence of a segment with all that events and status callbacks have told by now. */
    public CallEvidence withAllTold(CallEvidence known) {
        return known.with(
                timeline.otherAgents(known.segment().reservation()),
                known.conference()
                        .map(conference -> timeline.participantLog(conference.sid()))
                        .orElse(known.participantLog()));
    }

    /** Says whether there is anything to do. */
    public boolean callsForWork() {
        return timeline.hasWrapUp()
                && (!undecided().isEmpty()
                        || timeline.missesItsReservation()
                        || fieldIsDue()
                        || !revisable().isEmpty()
                        || !collided().isEmpty()
                        || !uncompared().isEmpty());
    }

    /** Says whether nothing is lost if this record is forgotten. */
    public boolean finished() {
        return timeline.finished() && !callsForWork();
    }
}
