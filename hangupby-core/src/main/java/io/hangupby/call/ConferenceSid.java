package io.hangupby.call;

import java.util.Optional;

/**
 * The SID of a conference: the room in which a call's legs meet. Immutable.
 *
 * @param value CF and 32 hexadecimal digits
 */
public record ConferenceSid(String value) {
    private static final String PREFIX = "CF";

    /**
     * @throws IllegalArgumentException if the value is no such SID
     */
    public ConferenceSid {
        Sids.require(PREFIX, value);
    }

    /** Returns the SID that a text is, or nothing if it is none. */
    public static Optional<ConferenceSid> parse(String text) {
        return Sids.matches(PREFIX, text) ? Optional.of(new ConferenceSid(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
