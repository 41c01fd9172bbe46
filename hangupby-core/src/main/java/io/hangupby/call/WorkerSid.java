package io.hangupby.call;

import java.util.Optional;

/**
 * The SID of a worker: an agent, as TaskRouter knows them. Immutable.
 *
 * @param value WK and 32 hexadecimal digits
 */
public record WorkerSid(String value) {
    private static final String PREFIX = "WK";

    /**
     * @throws IllegalArgumentException if the value is no such SID
     */
    public WorkerSid {
        Sids.require(PREFIX, value);
    }

    /** Returns the SID that a text is, or nothing if it is none. */
    public static Optional<WorkerSid> parse(String text) {
        return Sids.matches(PREFIX, text) ? Optional.of(new WorkerSid(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
