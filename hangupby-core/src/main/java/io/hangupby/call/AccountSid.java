package io.hangupby.call;

import java.util.Optional;

/**
 * The SID of an account or subaccount. Immutable.
 *
 * @param value AC and 32 hexadecimal digits
 */
public record AccountSid(String value) {
    private static final String PREFIX = "AC";

    /** @throws IllegalArgumentException if the value is not such a SID */
    public AccountSid {
        Sids.require(PREFIX, value);
    }

    /** Returns the SID that this text is; empty if the text is not such a SID. */
    public static Optional<AccountSid> parse(String text) {
        return Sids.matches(PREFIX, text) ? Optional.of(new AccountSid(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
