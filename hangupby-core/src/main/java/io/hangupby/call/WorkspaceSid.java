package io.hangupby.call;

import java.util.Optional;

/**
 * The SID of a TaskRouter workspace. Immutable.
 *
 * @param value WS and 32 hexadecimal digits
 */
public record WorkspaceSid(String value) {
    private static final String PREFIX = "WS";

    /** @throws IllegalArgumentException if the value is not such a SID */
    public WorkspaceSid {
        Sids.require(PREFIX, value);
    }

    /** Returns the SID that this text is; empty if the text is not such a SID. */
    public static Optional<WorkspaceSid> parse(String text) {
        return Sids.matches(PREFIX, text) ? Optional.of(new WorkspaceSid(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
