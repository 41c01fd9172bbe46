package io.hangupby.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Receives a request's body, and no more of it than is allowed. */
final class BodyBytes {

    private BodyBytes() {}

    /** Returns the whole body, or nothing if it is larger than this, of which no more is read than it takes to know. */
    static Optional<byte[]> read(WebhookRequest request, int maxBytes) throws IOException {
        int expected = (int) Math.min(Math.max(request.announcedLength(), 0), maxBytes);
        try (InputStream in = request.body()) {
            byte[] body = read(in, expected, maxBytes);
            return body.length > maxBytes ? Optional.empty() : Optional.of(body);
        }
    }

    /** Reads as much as is expected into an array of just that size, and goes on only if there is more, against all reason. */
    private static byte[] read(InputStream in, int expected, int maxBytes) throws IOException {
        byte[] body = in.readNBytes(expected);
        int next = in.read();
        if (next < 0) {
            return body;
        }
        byte[] rest = in.readNBytes(maxBytes - body.length);
        return ByteBuffer.allocate(body.length + 1 + rest.length)
                .put(body)
                .put((byte) next)
                .put(rest)
                .array();
    }
}
