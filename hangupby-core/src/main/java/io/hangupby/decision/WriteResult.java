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
        /** The field had the value already. */
        ALREADY_SET,
        /** Another agent has been in wrap-up for longer and has the field; the value is written once that agent completes. */
        WAITING,
        /** The same, and set apart until then for the plugin, which puts it in place when its agent completes. */
        PINNED,
        /** The agent completed before the value could be written: Flex Insights read the earlier agent's. */
        COLLIDED,
        /** The verdict has no value. */
        NOTHING_TO_WRITE,
        /** The task's attributes cannot be edited without harm. */
        INVALID_ATTRIBUTES,
        /** The task is gone, or it or its agent completed: nobody reads a value any more. */
        TOO_LATE,
        /** A dry run: nothing is written. */
        DRY_RUN,
        /** A dry run, and the value found when the agent completed was compared with the computed one. */
        COMPARED
    }
}
