package io.hangupby.call;

import java.util.Optional;

/**
 * The SID of a worker: TaskRouter's name for an agent. Immutable.
 *
 * @param value WK and 32 hexadecimal digits
 */
public record WorkerSid(String value) {
    private static final String PREFIX = "WK";

    /** @throws IllegalArgumentException if the value is not such a SID */
    public WorkerSid {
        Sids.require(PREFIX, value);
    }

    /** Returns the SID that this text is; empty if the text is not such a SID. */
    public static Optional<WorkerSid> parse(String text) {
        return Sids.matches(PREFIX, text) ? Optional.of(new WorkerSid(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
