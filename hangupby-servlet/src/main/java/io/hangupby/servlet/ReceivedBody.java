package io.hangupby.servlet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The part of a body that has been received so far. Grows with the bytes that arrive. Used by one thread at a time. */
final class ReceivedBody {
    private static final int FIRST_BYTES = 8 * 1024;

    private final long announced;

    /** One byte more than the maximum, which shows that the body is too large. */
    private final int mostBytes;

    private byte[] bytes;
    private int count;

    /**
     * @param announced the announced length in bytes, negative if none was announced
     * @param maxBytes the maximum length in bytes
     */
    ReceivedBody(long announced, int maxBytes) {
        this.announced = announced;
        this.mostBytes = maxBytes + 1;
        this.bytes = new byte[(int) (announced < 0 ? FIRST_BYTES : Math.min(announced, FIRST_BYTES))];
    }

    /**
     * Reads the bytes that have arrived, without waiting.
     *
     * @param enough reads no further once this many bytes have been received
     */
    void readArrived(InputStream in, int enough) throws IOException {
        boolean more = announced < mostBytes;
        while (more && count < enough && !isComplete() && !isTooLarge() && in.available() > 0) {
            more = read(in);
        }
    }

    /** Reads once. Returns false at the end of the body. */
    boolean read(InputStream in) throws IOException {
        if (count == bytes.length) {
            bytes = Arrays.copyOf(
                    bytes, Math.min(2 * count + 1, count < expectedBytes() ? expectedBytes() : mostBytes));
        }
        int read = in.read(bytes, count, bytes.length - count);
        count += Math.max(read, 0);
        return read >= 0;
    }

    /** Adds bytes that the handler has read, up to the maximum. */
    void add(byte[] read, int from, int length) {
        int added = Math.min(length, mostBytes - count);
        if (count + added > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(Math.max(2 * count, count + added), mostBytes));
        }
        System.arraycopy(read, from, bytes, count, added);
        count += added;
    }

    /** Returns whether the announced length has been received. */
    boolean isComplete() {
        return count == announced;
    }

    /** Returns whether a body that has ended is shorter than announced, or empty though it has a body. */
    boolean isCutShort() {
        return announced < 0 ? count == 0 : count < announced && !isTooLarge();
    }

    /** Returns the expected size of the buffer: one byte more than announced, which shows the end of the body. */
    int expectedBytes() {
        return announced < 0 ? mostBytes : (int) Math.min(announced + 1, mostBytes);
    }

    boolean isTooLarge() {
        return count == mostBytes;
    }

    int count() {
        return count;
    }

    /** Discards the bytes, but not their number. */
    void forget() {
        bytes = new byte[0];
    }

    /** Returns the bytes for one reader, who may change them. */
    InputStream stream() {
        return new ReceivedBytes(bytes, count);
    }

    /** Gives away the array of a whole body without a copy, because nearly every body arrives whole. */
    private static final class ReceivedBytes extends ByteArrayInputStream {
        ReceivedBytes(byte[] bytes, int count) {
            super(bytes, 0, count);
        }

        @Override
        public byte[] readNBytes(int length) throws IOException {
            boolean isWhole = pos == 0 && count == buf.length && count <= length;
            pos = isWhole ? count : pos;
            return isWhole ? buf : super.readNBytes(length);
        }
    }
}
