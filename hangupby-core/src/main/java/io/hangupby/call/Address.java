package io.hangupby.call;

/**
 * Where a leg goes to: a browser ({@code client:…}), a SIP device ({@code sip:…}) or a telephone number. Immutable.
 * Its text never shows in {@code toString}, because it can be somebody's number.
 *
 * @param value as Twilio writes it
 */
public record Address(String value) {

    /** Returns whether this is a browser, the only device whose leg can leave without its user's purpose. */
    public boolean isBrowser() {
        return value.startsWith("client:");
    }

    /** Returns whether both name the same device; Twilio does not keep the case of SIP domains and client names apart. */
    public boolean sameAs(Address other) {
        return value.equalsIgnoreCase(other.value);
    }

    /** Names the kind of device, never the device. */
    @Override
    public String toString() {
        if (isBrowser()) {
            return "a browser";
        }
        return value.startsWith("sip") ? "a SIP device" : "a telephone";
    }
}
