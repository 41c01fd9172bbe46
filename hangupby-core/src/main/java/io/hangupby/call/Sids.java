package io.hangupby.call;

/** The shape that all of Twilio's SIDs share: two letters for the kind, 32 hexadecimal digits. */
final class Sids {
    private static final int LENGTH = 34;

    /** Which is a digit and which a letter no processor can guess, so each comparison would cost more than this. */
    private static final byte[] NO_HEX_DIGIT = noHexDigit();

    private Sids() {}

    static void require(String prefix, String value) {
        if (!matches(prefix, value)) {
            String got = value.matches("[A-Z]{2}\\p{XDigit}{32}")
                    ? "one that begins with " + value.substring(0, prefix.length())
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
