package io.hangupby.call;

/** The shape that all of Twilio's SIDs share: two letters for the kind, 32 hexadecimal digits. */
final class Sids {
    private static final int LENGTH = 34;

    private Sids() {}

    static void require(String prefix, String value) {
        if (!matches(prefix, value)) {
            throw new IllegalArgumentException("not a SID: expected " + prefix + " and 32 hexadecimal digits, got "
                    + value.length() + " characters");
        }
    }

    static boolean matches(String prefix, String value) {
        if (value.length() != LENGTH || !value.startsWith(prefix)) {
            return false;
        }
        for (int i = prefix.length(); i < LENGTH; i++) {
            if (!isHexDigit(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHexDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}
