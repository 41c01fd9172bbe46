package io.hangupby.decision;

/**
 * The result of writing a verdict's value. Immutable.
 *
 * @param status the kind of result
 * @param detail one sentence for people
 */
public record WriteResult(Status status, String detail) {

    /** The kind of result. */
    public enum Status {
        /** The value was written. */
        WRITTEN,
        /** The field already had the value. */
        ALREADY_SET,
        /**
         * Another agent has been in wrap-up for longer, and the field has that agent's value. This value is written
         * when that agent completes.
         */
        WAITING,
        /**
         * Another agent has been in wrap-up for longer. The value is stored for the plugin, which writes it when its
         * agent completes.
         */
        PINNED,
        /** The agent completed before the value could be written, so Flex Insights read the earlier agent's value. */
        COLLIDED,
        /** The verdict has no value. */
        NOTHING_TO_WRITE,
        /** The task's attributes cannot be edited safely. */
        INVALID_ATTRIBUTES,
        /** The task is gone, or the task or the agent completed, so Flex Insights no longer reads the value. */
        TOO_LATE,
        /** A dry run: nothing is written. */
        DRY_RUN,
        /** A dry run, and the value found when the agent completed was compared with the computed one. */
        COMPARED
    }
}
