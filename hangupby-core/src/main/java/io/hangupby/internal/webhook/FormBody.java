package io.hangupby.internal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads the parameters of an {@code application/x-www-form-urlencoded} body. The parameters stay bytes in one array.
 * Only a requested value becomes a string, because most callbacks are verified and then ignored.
 *
 * <p>Requested names and expected values must be ASCII; others are never found.
 *
 * <p>Immutable and thread-safe.
 */
final class FormBody {

    private static final int ABSENT = -1;

    /** Reads eight bytes at once, the first as the highest. */
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private final int[] bounds;
    private final int count;

    /** The first eight bytes of each name, as a number in the same order. They nearly always distinguish two names. */
    private final long[] beginnings;

    /** Takes the arrays of {@link FormDecoder}, which describes their layout, without a copy. */
    FormBody(byte[] bytes, int[] bounds, int count) {
        this.bytes = bytes;
        this.bounds = bounds;
        this.count = count;
        this.beginnings = new long[count];
        for (int parameter = 0; parameter < count; parameter++) {
            beginnings[parameter] = eightBytes(nameStart(parameter), valueStart(parameter));
        }
    }

    /**
     * Decodes the first {@code length} bytes of {@code body}, and takes over the array.
     *
     * @throws UndecodableBodyException if the body is no form, or has too many parameters
     */
    static FormBody decode(byte[] body, int length) throws UndecodableBodyException {
        Objects.checkFromIndexSize(0, length, body.length);
        return new FormDecoder(body, length).decode();
    }

    /** Returns the parameter's value, or the first value of a repeated parameter. */
    Optional<String> value(String name) {
        int parameter = find(name);
        if (parameter == ABSENT) {
            return Optional.empty();
        }
        int start = valueStart(parameter);
        return Optional.of(new String(bytes, start, end(parameter) - start, UTF_8));
    }

    /** Returns whether the form has a parameter, without creating a string. */
    boolean has(String name) {
        return find(name) != ABSENT;
    }

    /** Returns whether {@link #value} equals the expected value, without creating a string. */
    boolean is(String name, String expected) {
        int parameter = find(name);
        return parameter != ABSENT && isAscii(valueStart(parameter), end(parameter), expected);
    }

    /** Returns the number of parameters, including repeated names. */
    int count() {
        return count;
    }

    /**
     * Returns what Twilio signs of a form: the sorted names, each followed by its value, without separators. A repeated
     * name appears with each distinct value in order, as in Twilio's helper libraries.
     */
    byte[] signedParameters() {
        int[] order = new int[count];
        int distinct = 0;
        for (int parameter = 0; parameter < count; parameter++) {
            distinct = insert(parameter, order, distinct);
        }
        return concatenate(order, distinct);
    }

    /** Inserts a parameter in order, unless an equal parameter is present. Returns the new size. */
    private int insert(int parameter, int[] order, int size) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int comparison = compare(order[middle], parameter);
            if (comparison == 0) {
                return size;
            }
            if (comparison < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        System.arraycopy(order, low, order, low + 1, size - low);
        order[low] = parameter;
        return size + 1;
    }

    private int compare(int a, int b) {
        int beginning = Long.compareUnsigned(beginnings[a], beginnings[b]);
        return beginning != 0 ? beginning : compareSecond(a, b);
    }

    /** Compares the next eight bytes, because many names begin as WorkerActivitySid and WorkerActivityName do. */
    private int compareSecond(int a, int b) {
        int next = Long.compareUnsigned(
                eightBytes(nameStart(a) + Long.BYTES, valueStart(a)),
                eightBytes(nameStart(b) + Long.BYTES, valueStart(b)));
        return next != 0 ? next : compareBytes(a, b);
    }

    private int compareBytes(int a, int b) {
        int names = Arrays.compareUnsigned(bytes, nameStart(a), valueStart(a), bytes, nameStart(b), valueStart(b));
        return names != 0 ? names : Arrays.compareUnsigned(bytes, valueStart(a), end(a), bytes, valueStart(b), end(b));
    }

    private byte[] concatenate(int[] order, int size) {
        byte[] joined = new byte[end(count - 1)];
        int length = 0;
        for (int i = 0; i < size; i++) {
            int start = nameStart(order[i]);
            int added = end(order[i]) - start;
            System.arraycopy(bytes, start, joined, length, added);
            length += added;
        }
        return length == joined.length ? joined : Arrays.copyOf(joined, length);
    }

    private int find(String name) {
        long beginning = beginning(name);
        for (int parameter = 0; parameter < count; parameter++) {
            if (beginnings[parameter] == beginning && isAscii(nameStart(parameter), valueStart(parameter), name)) {
                return parameter;
            }
        }
        return ABSENT;
    }

    /** Returns the first eight bytes of a range as a number in the same order, with zeros after its end. */
    private long eightBytes(int from, int to) {
        if (from >= to) {
            return 0;
        }
        boolean isNearEnd = from + Long.BYTES > bytes.length;
        byte[] padded = isNearEnd ? Arrays.copyOfRange(bytes, from, from + Long.BYTES) : bytes;
        long eight = (long) EIGHT_BYTES.get(padded, isNearEnd ? 0 : from);
        return to - from < Long.BYTES ? eight & (-1L << ((Long.BYTES - (to - from)) * Byte.SIZE)) : eight;
    }

    private static long beginning(String name) {
        long beginning = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            beginning = (beginning << Byte.SIZE) | (i < name.length() ? name.charAt(i) : 0);
        }
        return beginning;
    }

    private boolean isAscii(int from, int to, String expected) {
        if (to - from != expected.length()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            // A byte beyond ASCII is negative, so it never equals a character.
            if (bytes[i] != expected.charAt(i - from)) {
                return false;
            }
        }
        return true;
    }

    private int nameStart(int parameter) {
        return bounds[2 * parameter];
    }

    private int valueStart(int parameter) {
        return bounds[2 * parameter + 1];
    }

    private int end(int parameter) {
        return bounds[2 * parameter + 2];
    }

    /** Shows only the count, to keep callers' data out of logs. */
    @Override
    public String toString() {
        return "FormBody[" + count + " parameters]";
    }
}
