package io.hangupby.decision;

/**
 * What became of a verdict's value. Immutable.
 *
 * @param status how it ended
 * @param detail one sentence for people
 */
public record WriteResult(Status status, String detail) {

    /** How the writing of a verdict's value ended. */
    public enum Status {
        /** The value was written. */
        WRITTEN,
        /** The value stood there already. */
        STOOD,
        /** An agent who has been in wrap-up for longer has the field; the value is written once that agent completes. */
        WAITING,
        /** The same, and set apart until then for the plugin, which puts it in place when its agent completes. */
        PINNED,
        /** The agent completed before the value could be written: Flex Insights read the earlier agent's. */
        COLLIDED,
        /** The verdict has no value. */
        NOTHING_TO_WRITE,
        /** The task's attributes are such that nothing can be written without harm. */
        REFUSED,
        /** The task is gone, or it or its agent completed: nobody reads a value any more. */
        TOO_LATE,
        /** The installation only looks on. */
        DRY_RUN,
        /** The same, and the value that stood when the agent completed was compared with ours. */
        COMPARED
    }
}
