package io.hangupby.call;

import java.util.Optional;

/**
 * The SID of a task: one customer's call, through all its agents. Immutable.
 *
 * @param value WT and 32 hexadecimal digits
 */
public record TaskSid(String value) {
    private static final String PREFIX = "WT";

    /**
     * @throws IllegalArgumentException if the value is no such SID
     */
    public TaskSid {
        Sids.require(PREFIX, value);
    }

    /** Returns the SID that a text is, or nothing if it is none. */
    public static Optional<TaskSid> parse(String text) {
        return Sids.matches(PREFIX, text) ? Optional.of(new TaskSid(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
