package io.hangupby.decision;

import java.util.Optional;

/**
 * The result of writing a verdict's value. Immutable.
 *
 * @param status the kind of result
 * @param detail one sentence for people
 * @param losses how often another program had replaced or removed the value before this result
 * @param kept whether Flex Insights read the value; empty until the agent has completed, and if there is no value
 */
public record WriteResult(Status status, String detail, int losses, Optional<Kept> kept) {

    /** Creates the result of a first write, before the agent has completed. */
    public WriteResult(Status status, String detail) {
        this(status, detail, 0, Optional.empty());
    }

    /** Returns this result after another program replaced or removed the value this many times. */
    public WriteResult afterLosses(int times) {
        return new WriteResult(status, detail, times, kept);
    }

    /** Returns this result with what Flex Insights read when the agent completed. */
    public WriteResult with(Kept found) {
        return new WriteResult(status, detail, losses, Optional.of(found));
    }

    /** Returns whether there is a value for Flex Insights to read. */
    public boolean isForInsights() {
        return switch (status) {
            case NOTHING_TO_WRITE, DRY_RUN, COMPARED -> false;
            default -> true;
        };
    }

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
