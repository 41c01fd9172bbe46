package io.hangupby.decision;

/** Whether Flex Insights read the value of a segment when its agent completed. */
public enum Kept {
    /** The field had the value. */
    KEPT,
    /** The field had another value or none: another program replaced the value, or the value came too late. */
    LOST,
    /** The event of the completion did not show the field, or shows an earlier version of the task. */
    NOT_KNOWN
}
