package io.hangupby.internal.webhook;

/** Checks whether bytes are well-formed UTF-8, without decoding them. */
final class Utf8 {

    /** The lowest code point that needs a sequence of the index's length. A lower code point is an overlong form. */
    private static final int[] LOWEST = {0, 0, 0x80, 0x800, 0x10000};

    private static final int MALFORMED = -1;

    private Utf8() {}

    static boolean isWellFormed(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int length = sequenceLength(bytes[at]);
            if (length == MALFORMED || length > to - at || !isSequence(bytes, at, length)) {
                return false;
            }
            at += length;
        }
        return true;
    }

    private static int sequenceLength(byte first) {
        if (first >= 0) {
            return 1;
        }
        int lead = first & 0xFF;
        if (lead < 0xC2 || lead > 0xF4) {
            return MALFORMED;
        }
        return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    }

    private static boolean isSequence(byte[] bytes, int at, int length) {
        if (length == 1) {
            return true;
        }
        int codePoint = bytes[at] & (0x7F >> length);
        for (int i = 1; i < length; i++) {
            int next = bytes[at + i];
            if ((next & 0xC0) != 0x80) {
                return false;
            }
            codePoint = codePoint << 6 | (next & 0x3F);
        }
        return codePoint >= LOWEST[length] && Character.isValidCodePoint(codePoint) && !isSurrogate(codePoint);
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
