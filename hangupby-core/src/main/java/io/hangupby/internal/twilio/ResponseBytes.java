package io.hangupby.internal.twilio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the decompressed bodies of responses: each to 4 MiB, and all that are in memory at once to a share of the heap.
 * Thread-safe.
 */
final class ResponseBytes {
    static final int LONGEST_RESPONSE = 4 * 1024 * 1024;

    private static final int HEAP_SHARE = 32;

    /** Smaller responses, which are nearly all, do not count towards the share of the heap. */
    private static final int SMALL = 64 * 1024;

    /** The limit of this process, for all accounts together. */
    static final ResponseBytes OF_THIS_PROCESS =
            new ResponseBytes(Math.max(LONGEST_RESPONSE, Runtime.getRuntime().maxMemory() / HEAP_SHARE));

    private final AtomicLong left;

    ResponseBytes(long atOnce) {
        this.left = new AtomicLong(atOnce);
    }

    /** Returns the room for one response at a time, which {@link Room#close} releases. */
    Room room() {
        return new Room();
    }

    /** The bytes of one response. Used by one thread. */
    final class Room implements AutoCloseable {
        private long taken;

        private Room() {}

        /**
         * Reads a body to its end, or until its room is used up.
         *
         * @throws IOException if the body is too long
         */
        byte[] read(InputStream body) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] buffer = new byte[8 * 1024];
            int count = body.read(buffer);
            while (count >= 0) {
                bytes.write(buffer, 0, count);
                if (bytes.size() > LONGEST_RESPONSE || !fits(bytes.size())) {
                    throw new TooLongException();
                }
                count = body.read(buffer);
            }
            return bytes.toByteArray();
        }

        private boolean fits(int size) {
            long more = size > SMALL ? size - taken : 0;
            boolean fits = left.addAndGet(-more) >= 0;
            taken += more;
            return fits;
        }

        @Override
        public void close() {
            left.addAndGet(taken);
            taken = 0;
        }
    }

    /** A response is too long. Failures show the name of this class. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1;
    }
}
