package io.hangupby.call;

import java.util.Optional;

/**
 * The SID of a conference: it connects the legs of a conversation. Immutable.
 *
 * @param value CF and 32 hexadecimal digits
 */
public record ConferenceSid(String value) {
    private static final String PREFIX = "CF";

    /** @throws IllegalArgumentException if the value is not such a SID */
    public ConferenceSid {
        Sids.require(PREFIX, value);
    }

    /** Returns the SID that this text is; empty if the text is not such a SID. */
    public static Optional<ConferenceSid> parse(String text) {
        return Sids.matches(PREFIX, text) ? Optional.of(new ConferenceSid(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
