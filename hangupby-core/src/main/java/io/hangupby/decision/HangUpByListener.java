package io.hangupby.decision;

import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;

/**
 * Hears what becomes of each segment. Methods are called on the engine's threads, for different tasks at the same time;
 * they should return soon. What they throw is logged and changes nothing.
 */
public interface HangUpByListener {

    /** Hears nothing. */
    HangUpByListener NOOP = new HangUpByListener() {};

    /**
     * An agent's part has ended, and its verdict is being looked for. The outcome follows: at once as a rule, within seconds where
     * evidence is late, later where Twilio does not answer. Told before each attempt; never after that segment's outcome.
     */
    default void onSegmentEnded(Segment segment) {}

    /** A segment has its verdict, and its value is written or will not be. */
    default void onOutcome(Outcome outcome) {}

    /** Work on a task was given up; nothing further is tried by itself. */
    default void onParked(TaskRef task, String reason) {}

    /** An agent completed while an earlier one's value stood in the task, so that Flex Insights read the wrong one. */
    default void onCollision(Outcome outcome) {}

    /**
     * In a dry run, an agent has completed: what would have been written, beside what stood there. Told once for a segment,
     * within seconds; of one that was looked at too late for that, {@link #onOutcome} tells again, as too late, and of one whose
     * verdict turns after it, as compared.
     */
    default void onCompared(Outcome outcome, DryRunComparison comparison) {}

    /** Returns a listener that passes everything on to this one and then to another. */
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
