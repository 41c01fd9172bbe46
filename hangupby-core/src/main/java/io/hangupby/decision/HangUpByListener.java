package io.hangupby.decision;

import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;

/**
 * Receives what becomes of each segment. Methods are called on hangupby's own threads, for different tasks at the same time, and
 * never on the thread of a request. They should return soon: the next task waits for them. An exception is logged and changes
 * nothing.
 *
 * <p>An outcome is reported each time that it is decided or written: again when a late event changes the verdict, when a value
 * that waited is written, and after a restart if it was not remembered. A listener that counts goes by the reservation.
 *
 * <pre>{@code
 * class Drops implements HangUpByListener {
 *     private final Set<ReservationSid> drops = ConcurrentHashMap.newKeySet();
 *
 *     public void onOutcome(Outcome outcome) {
 *         if (outcome.verdict().endedBy().equals(Optional.of(EndedBy.DISCONNECT))) {
 *             drops.add(outcome.segment().reservation());
 *         }
 *     }
 * }
 * }</pre>
 */
public interface HangUpByListener {

    /** A listener that does nothing. */
    HangUpByListener NOOP = new HangUpByListener() {};

    /**
     * A segment has ended, and hangupby is looking for its verdict. The outcome follows: usually at once, within seconds while
     * evidence is late, later if Twilio does not respond. Called before each attempt, and never after that segment's outcome.
     */
    default void onSegmentEnded(Segment segment) {}

    /** A segment has its verdict, and its value is written or will not be. */
    default void onOutcome(Outcome outcome) {}

    /** Work on a task was given up; nothing further is tried until somebody asks for it. */
    default void onParked(TaskRef task, String reason) {}

    /** An agent completed while an earlier agent's value was in the field, so that Flex Insights read the wrong value. */
    default void onCollision(Outcome outcome) {}

    /**
     * In a dry run, an agent has completed: compares what would have been written with the value that was found. Called once for
     * a segment, within seconds. A segment that was looked at too late is reported by {@link #onOutcome}, as too late; so is a
     * segment whose verdict changes after it was compared.
     */
    default void onCompared(Outcome outcome, DryRunComparison comparison) {}

    /** Returns a listener that calls this listener and then another. */
    default HangUpByListener andThen(HangUpByListener next) {
        HangUpByListener first = this;
        return new HangUpByListener() {
            @Override
            public void onSegmentEnded(Segment segment) {
                first.onSegmentEnded(segment);
                next.onSegmentEnded(segment);
            }

            @Override
            public void onOutcome(Outcome outcome) {
                first.onOutcome(outcome);
                next.onOutcome(outcome);
            }

            @Override
            public void onCollision(Outcome outcome) {
                first.onCollision(outcome);
                next.onCollision(outcome);
            }

            @Override
            public void onCompared(Outcome outcome, DryRunComparison comparison) {
                first.onCompared(outcome, comparison);
                next.onCompared(outcome, comparison);
            }

            @Override
            public void onParked(TaskRef task, String reason) {
                first.onParked(task, reason);
                next.onParked(task, reason);
            }
        };
    }
}
