package io.hangupby.call;

/** Checks the format of Twilio's SIDs: two letters for the kind, then 32 hexadecimal digits. */
final class Sids {
    private static final int LENGTH = 34;

    /** A table avoids branches: digits and letters alternate at random, so a processor mispredicts each comparison. */
    private static final byte[] NO_HEX_DIGIT = noHexDigit();

    private Sids() {}

    static void require(String prefix, String value) {
        if (!matches(prefix, value)) {
            String got = value.matches("[A-Z]{2}\\p{XDigit}{32}")
                    ? "a SID that begins with " + value.substring(0, prefix.length())
                    : value.length() + " characters";
            throw new IllegalArgumentException(
                    "not a SID: expected " + prefix + " and 32 hexadecimal digits, got " + got);
        }
    }

    static boolean matches(String prefix, String value) {
        if (value.length() != LENGTH || !value.startsWith(prefix)) {
            return false;
        }
        int others = 0;
        for (int i = prefix.length(); i < LENGTH; i++) {
            char digit = value.charAt(i);
            others |= digit < NO_HEX_DIGIT.length ? NO_HEX_DIGIT[digit] : 1;
        }
        return others == 0;
    }

    private static byte[] noHexDigit() {
        byte[] table = new byte[128];
        for (int character = 0; character < table.length; character++) {
            table[character] = (byte) (Character.digit(character, 16) < 0 ? 1 : 0);
        }
        return table;
    }
}
