package io.hangupby.call;

import java.util.Optional;

/**
 * The SID of a reservation: one agent's invitation to a task. Immutable.
 *
 * @param value WR and 32 hexadecimal digits
 */
public record ReservationSid(String value) {
    private static final String PREFIX = "WR";

    /** @throws IllegalArgumentException if the value is not such a SID */
    public ReservationSid {
        Sids.require(PREFIX, value);
    }

    /** Returns the SID that this text is; empty if the text is not such a SID. */
    public static Optional<ReservationSid> parse(String text) {
        return Sids.matches(PREFIX, text) ? Optional.of(new ReservationSid(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
