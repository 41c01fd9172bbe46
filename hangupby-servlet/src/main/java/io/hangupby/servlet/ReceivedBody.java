package io.hangupby.servlet;

import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** What has been received of a body so far. It grows with what arrives, whatever was announced. Used by one thread at a time. */
final class ReceivedBody {
    private static final int FIRST_BYTES = 8 * 1024;

    private final long announced;

    /** One more than can be of use: it shows that there is too much. */
    private final int mostBytes;

    private byte[] bytes;
    private int count;

    /**
     * @param announced how many bytes there are to be, negative if nobody said
     * @param maxBytes how many there may be
     */
    ReceivedBody(long announced, int maxBytes) {
        this.announced = announced;
        this.mostBytes = maxBytes + 1;
        this.bytes = new byte[(int) (announced < 0 ? FIRST_BYTES : Math.min(announced, FIRST_BYTES))];
    }

    /**
     * Reads what can be read without waiting for anybody.
     *
     * @param enough how many bytes to stop at, or soon after
     */
    void readArrived(ServletInputStream in, int enough) throws IOException {
        boolean more = announced < mostBytes;
        while (more && count < enough && !isComplete() && !isTooLarge() && in.available() > 0) {
            more = read(in);
        }
    }

    /** Reads once, and returns false if that was the end. */
    boolean read(ServletInputStream in) throws IOException {
        if (count == bytes.length) {
            bytes = Arrays.copyOf(
                    bytes, Math.min(2 * count + 1, count < expectedBytes() ? expectedBytes() : mostBytes));
        }
        int read = in.read(bytes, count, bytes.length - count);
        count += Math.max(read, 0);
        return read >= 0;
    }

    /** Adds what somebody else has read, as far as it can be of use. */
    void add(byte[] read, int from, int length) {
        int added = Math.min(length, mostBytes - count);
        if (count + added > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(Math.max(2 * count, count + added), mostBytes));
        }
        System.arraycopy(read, from, bytes, count, added);
        count += added;
    }

    /** Says whether all that was announced is there. */
    boolean isComplete() {
        return count == announced;
    }

    /** Returns how many bytes this can come to, as far as can be told: one more than announced, which shows the end. */
    int expectedBytes() {
        return announced < 0 ? mostBytes : (int) Math.min(announced + 1, mostBytes);
    }

    boolean isTooLarge() {
        return count == mostBytes;
    }

    int count() {
        return count;
    }

    /** Lets go of the bytes, but for their number. */
    void forget() {
        bytes = new byte[0];
    }

    InputStream stream() {
        return new ByteArrayInputStream(bytes, 0, count);
    }
}
