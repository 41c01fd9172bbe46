package io.hangupby.call;

import java.util.Optional;

/**
 * The SID of a task: one customer's conversation, with all its agents. Immutable.
 *
 * @param value WT and 32 hexadecimal digits
 */
public record TaskSid(String value) {
    private static final String PREFIX = "WT";

    /** @throws IllegalArgumentException if the value is not such a SID */
    public TaskSid {
        Sids.require(PREFIX, value);
    }

    /** Returns the SID that this text is; empty if the text is not such a SID. */
    public static Optional<TaskSid> parse(String text) {
        return Sids.matches(PREFIX, text) ? Optional.of(new TaskSid(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
