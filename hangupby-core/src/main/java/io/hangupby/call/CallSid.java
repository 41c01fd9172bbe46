package io.hangupby.call;

import java.util.Optional;

/**
 * The SID of a call: one leg. Immutable.
 *
 * @param value CA and 32 hexadecimal digits
 */
public record CallSid(String value) {
    private static final String PREFIX = "CA";

    /** @throws IllegalArgumentException if the value is not such a SID */
    public CallSid {
        Sids.require(PREFIX, value);
    }

    /** Returns the SID that this text is; empty if the text is not such a SID. */
    public static Optional<CallSid> parse(String text) {
        return Sids.matches(PREFIX, text) ? Optional.of(new CallSid(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
