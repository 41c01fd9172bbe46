package io.hangupby.call;

/**
 * The device that a leg calls: a browser ({@code client:…}), a SIP device ({@code sip:…}) or a telephone number.
 * Immutable. {@code toString} never shows the text, because the text can be a person's number.
 *
 * @param value the address as Twilio writes it
 */
public record Address(String value) {

    /** Returns whether this is a browser. Only a browser's leg can leave although its user did not hang up. */
    public boolean isBrowser() {
        return value.startsWith("client:");
    }

    /** Returns whether both name the same device. Twilio ignores case in SIP domains and client names. */
    public boolean sameAs(Address other) {
        return value.equalsIgnoreCase(other.value);
    }

    /** Returns the kind of device, never the device itself. */
    @Override
    public String toString() {
        if (isBrowser()) {
            return "a browser";
        }
        return value.startsWith("sip") ? "a SIP device" : "a telephone";
    }
}
