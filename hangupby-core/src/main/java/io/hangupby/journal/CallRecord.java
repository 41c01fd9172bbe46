package io.hangupby.journal;

import io.hangupby.call.ReservationSid;
import io.hangupby.call.Segment;
import io.hangupby.decision.Outcome;
import io.hangupby.event.CallTimeline;
import io.hangupby.event.TaskRouterEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that a journal knows of one task. Immutable and thread-safe.
 *
 * @param timeline what happened to it
 * @param outcomes what came of its segments, one for each at most
 */
public record CallRecord(CallTimeline timeline, List<Outcome> outcomes) {
    /** A segment judged as of a moment this much later than its agent's own wrap-up was judged as of the wrong one. */
    private static final Duration JUDGED_TOO_LATE = Duration.ofSeconds(1);

    /** Copies the list. */
    public CallRecord {
        outcomes = List.copyOf(outcomes);
    }

    /** Returns this record with one more event. */
    public CallRecord with(TaskRouterEvent event) {
        return timeline.knows(event) ? this : new CallRecord(timeline.with(event), outcomes);
    }

    /** Returns this record with a segment's outcome, in place of an earlier one. */
    public CallRecord with(Outcome outcome) {
        List<Outcome> more = new ArrayList<>(outcomes);
        more.removeIf(
                known -> known.segment().reservation().equals(outcome.segment().reservation()));
        more.add(outcome);
        return new CallRecord(timeline, more);
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

    /** Says whether there is anything to do. */
    public boolean callsForWork() {
        return timeline.hasWrapUp() && (!undecided().isEmpty() || timeline.missesItsReservation());
    }

    /** Says whether nothing is lost if this record is forgotten. */
    public boolean finished() {
        return timeline.finished() && !callsForWork();
    }
}
