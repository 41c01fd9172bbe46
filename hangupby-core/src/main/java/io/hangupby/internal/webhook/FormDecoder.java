package io.hangupby.internal.webhook;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Decodes one form body in place and in one pass, because decoding never makes a text longer. Writes the decoded names
 * and values without separators, so that the text that Twilio signs for a parameter is one range. Used once, by one thread.
 */
final class FormDecoder {

    private static final int MAX_PARAMETERS = 1_000;
    private static final int MAX_NAME_BYTES = 256;
    /** Task attributes have at most 4096 characters of at most four bytes; the limit leaves a margin. */
    private static final int MAX_VALUE_KIB = 64;

    private static final int EXPECTED_PARAMETERS = 40;
    private static final byte[] HEX_DIGITS = hexDigits();

    /** Reads and writes eight bytes at once, the first as the lowest. */
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long EACH_BYTE = 0x01_01_01_01_01_01_01_01L;

    private final byte[] body;
    private final int length;
    private int count;
    private boolean inName = true;

    /** The start of each parameter's name, then of its value. The last entry is the end of the last value. */
    private int[] bounds = new int[2 * EXPECTED_PARAMETERS + 1];

    FormDecoder(byte[] body, int length) {
        this.body = body;
        this.length = length;
    }

    FormBody decode() throws UndecodableBodyException {
        int written = 0;
        // Negative if the current name or value has bytes beyond ASCII.
        int seen = 0;
        int read = 0;
        while (read < length) {
            int plain = copyPlain(read, written);
            read += plain;
            written += plain;
            if (read == length) {
                break;
            }
            byte next = body[read];
            if (next == '%') {
                // Escapes come in groups, because the values with most of them are JSON.
                do {
                    byte escaped = escapedAt(read);
                    read += 3;
                    seen |= escaped;
                    body[written++] = escaped;
                } while (read < length && body[read] == '%');
            } else if (next == '&' || (next == '=' && inName)) {
                end(next, written, seen);
                seen = 0;
                read++;
            } else {
                read++;
                seen |= next;
                body[written++] = next == '+' ? (byte) ' ' : next;
            }
        }
        endParameter(written, seen);
        return new FormBody(body, bounds, count);
    }

    /**
     * Copies bytes that need no decoding, eight at a time, because bodies are long and each is read. Returns how many. Copies nothing
     * where eight bytes would overwrite bytes that have not been read.
     */
    private int copyPlain(int from, int to) {
        int copied = 0;
        int plain = Long.BYTES;
        while (plain == Long.BYTES && from - to >= Long.BYTES && from + copied + Long.BYTES <= length) {
            long bytes = (long) EIGHT_BYTES.get(body, from + copied);
            EIGHT_BYTES.set(body, to + copied, bytes);
            plain = plainBytes(bytes);
            copied += plain;
        }
        return copied;
    }

    /** Returns how many bytes come before the first that may need decoding: an equals sign, less than '0', or not ASCII. */
    private static int plainBytes(long bytes) {
        // A highest bit shows such a byte, because a subtraction sets it where the byte was less. It borrows from later
        // bytes only.
        long others = (bytes - EACH_BYTE * '0') | ((bytes ^ EACH_BYTE * '=') - EACH_BYTE) | bytes;
        return Long.numberOfTrailingZeros(others & (EACH_BYTE << 7)) >>> 3;
    }

    /** Ends the current name or value. */
    private void end(byte delimiter, int end, int seen) throws UndecodableBodyException {
        if (delimiter == '&') {
            endParameter(end, seen);
        } else {
            endName(end, seen);
        }
    }

    private void endName(int end, int seen) throws UndecodableBodyException {
        if (count == MAX_PARAMETERS) {
            throw new UndecodableBodyException("more than " + MAX_PARAMETERS + " parameters");
        }
        if (bounds.length < 2 * count + 3) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        int start = bounds[2 * count];
        if (end - start > MAX_NAME_BYTES) {
            throw new UndecodableBodyException(
                    "the name of parameter " + (count + 1) + " is longer than " + MAX_NAME_BYTES + " bytes");
        }
        checkUtf8(start, end, seen);
        bounds[2 * count + 1] = end;
        inName = false;
    }

    private void endParameter(int end, int seen) throws UndecodableBodyException {
        if (inName) {
            boolean isNothing = end == bounds[2 * count];
            if (isNothing) {
                return;
            }
            endName(end, seen);
        }
        int start = bounds[2 * count + 1];
        if (end - start > MAX_VALUE_KIB * 1024) {
            throw new UndecodableBodyException(
                    "parameter " + (count + 1) + " is longer than " + MAX_VALUE_KIB + " KiB");
        }
        checkUtf8(start, end, seen);
        bounds[2 * count + 2] = end;
        count++;
        inName = true;
    }

    private void checkUtf8(int start, int end, int seen) throws UndecodableBodyException {
        if (seen < 0 && !Utf8.isWellFormed(body, start, end)) {
            throw new UndecodableBodyException("parameter " + (count + 1) + " is not valid UTF-8");
        }
    }

    private byte escapedAt(int percent) throws UndecodableBodyException {
        if (percent + 2 >= length) {
            throw new UndecodableBodyException("the body ends within the percent escape at byte " + percent);
        }
        int value = HEX_DIGITS[body[percent + 1] & 0xFF] << 4 | HEX_DIGITS[body[percent + 2] & 0xFF];
        if (value < 0) {
            throw new UndecodableBodyException("the percent escape at byte " + percent + " is not two hex digits");
        }
        return (byte) value;
    }

    /** Returns the value of each hex digit, and for other characters -1, which stays negative after a shift or an OR. */
    private static byte[] hexDigits() {
        byte[] digits = new byte[256];
        for (int character = 0; character < digits.length; character++) {
            digits[character] = (byte) (character < 0x80 ? Character.digit(character, 16) : -1);
        }
        return digits;
    }
}
