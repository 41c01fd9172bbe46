package io.hangupby.decision;

import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;

/**
 * Receives the progress and the outcome of each segment.
 *
 * <p>Threads: hangupby calls a listener on its own threads, never on the thread of a request. Calls about one task do not
 * overlap; calls about different tasks do. A listener should return at once, because the next task waits for it. If a
 * listener throws, hangupby logs the exception and continues.
 *
 * <p>Frequency: each method says how often it is called. If several nodes share a database, the node that works on the task
 * calls its listener, and the other nodes do not.
 *
 * <p>Restart: with a database, hangupby continues where it stopped and does not repeat a stored outcome. If a process is
 * killed between storing and reporting an outcome, the outcome is not reported. Without a database, hangupby forgets all
 * segments, and can report a segment again that recovery finds. Count segments by reservation, as this example does.
 *
 * <pre>{@code
 * class DroppedCalls implements HangUpByListener {
 *     private final Set<ReservationSid> dropped = ConcurrentHashMap.newKeySet();
 *
 *     @Override
 *     public void onOutcome(Outcome outcome) {
 *         ReservationSid segment = outcome.segment().reservation();
 *         dropped.remove(segment);
 *         if (outcome.verdict().endedBy().equals(Optional.of(EndedBy.DISCONNECT))) {
 *             dropped.add(segment);
 *         }
 *     }
 * }
 * }</pre>
 */
public interface HangUpByListener {

    /** A listener that does nothing. */
    HangUpByListener NOOP = new HangUpByListener() {};

    /**
     * Called when a segment has ended and hangupby starts to decide. Called before each attempt until the segment has an
     * outcome, and again after a restart. The outcome usually follows at once. It takes seconds while evidence is late, and
     * longer while Twilio does not respond.
     */
    default void onSegmentEnded(Segment segment) {}

    /**
     * Called when a segment has a verdict and the write has a result. Called at least once for a segment unless its task is
     * parked; {@link #onCollision} and {@link #onCompared} report further results. Called again when later evidence is
     * decided on, when a value that had to wait is written, and when a value is written again because another program had
     * replaced or removed it.
     */
    default void onOutcome(Outcome outcome) {}

    /**
     * Called when a task is parked: hangupby does not try again until {@code retryParked} is called, which this method can do.
     * Called each time that the task is parked.
     */
    default void onParked(TaskRef task, String reason) {}

    /**
     * Called when an agent completed while the field had an earlier agent's value, so Flex Insights read the wrong value.
     * Called once for a segment.
     */
    default void onCollision(Outcome outcome) {}

    /**
     * Called when an agent has completed, with whether Flex Insights read the value ({@code outcome.write().kept()}). Called
     * once for a segment that has a value, within seconds; not in a dry run, and not while the task is parked.
     */
    default void onCompleted(Outcome outcome) {}

    /**
     * Called in a dry run when an agent has completed, with the computed value and the value found in the task. Called once
     * for a segment, within seconds. If the comparison is too late, or the verdict changes after it, {@link #onOutcome} is
     * called instead.
     */
    default void onCompared(Outcome outcome, DryRunComparison comparison) {}

    /**
     * Called when Voice Insights says how a segment's legs ended, ten to thirty minutes later ({@code outcome.audit()}). Called once
     * for a segment, and again if a more complete report changes whether Voice Insights agrees. Not called unless Twilio sends these
     * events. Nothing that was written changes.
     */
    default void onAudited(Outcome outcome) {}

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
            public void onCompleted(Outcome outcome) {
                first.onCompleted(outcome);
                next.onCompleted(outcome);
            }

            @Override
            public void onCompared(Outcome outcome, DryRunComparison comparison) {
                first.onCompared(outcome, comparison);
                next.onCompared(outcome, comparison);
            }

            @Override
            public void onAudited(Outcome outcome) {
                first.onAudited(outcome);
                next.onAudited(outcome);
            }

            @Override
            public void onParked(TaskRef task, String reason) {
                first.onParked(task, reason);
                next.onParked(task, reason);
            }
        };
    }
}
