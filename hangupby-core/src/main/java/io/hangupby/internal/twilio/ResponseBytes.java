package io.hangupby.internal.twilio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The room for the bodies of responses, once decompressed: so much for one, and a share of the heap for all that are in memory at
 * once. Thread-safe.
 */
final class ResponseBytes {
    static final int ONE_AT_MOST = 4 * 1024 * 1024;

    private static final int HEAP_SHARE = 32;

    /** Nearly all responses are smaller; these need no share. */
    private static final int SMALL = 64 * 1024;

    /** The room of this process, whatever the number of accounts. */
    static final ResponseBytes OF_THIS_PROCESS =
            new ResponseBytes(Math.max(ONE_AT_MOST, Runtime.getRuntime().maxMemory() / HEAP_SHARE));

    private final AtomicLong left;

    ResponseBytes(long atOnce) {
        this.left = new AtomicLong(atOnce);
    }

    /** Returns room for one response at a time, to be given back by {@link Room#close}. */
    Room room() {
        return new Room();
    }

    /** The room of one response. Used by one thread. */
    final class Room implements AutoCloseable {
        private long taken;

        private Room() {}

        /**
         * Reads a body to its end, and no further than there is room for it.
         *
         * @throws IOException if it is too long
         */
        byte[] read(InputStream body) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] buffer = new byte[8 * 1024];
            int count = body.read(buffer);
            while (count >= 0) {
                bytes.write(buffer, 0, count);
                if (bytes.size() > ONE_AT_MOST || !fits(bytes.size())) {
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

    /** The name says it all; it is what a failure shows. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1;
    }
}
