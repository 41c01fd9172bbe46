package io.hangupby.internal.webhook;

import io.hangupby.webhook.WebhookRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Receives a request's body up to a limit. */
final class BodyBytes {

    private BodyBytes() {}

    /** Returns the whole body, or empty if it is larger than {@code maxBytes}. Reads at most one byte beyond the limit. */
    static Optional<byte[]> read(WebhookRequest request, int maxBytes) throws IOException {
        int expected = (int) Math.min(Math.max(request.announcedLength(), 0), maxBytes);
        try (InputStream in = request.body()) {
            byte[] body = read(in, expected, maxBytes);
            return body.length > maxBytes ? Optional.empty() : Optional.of(body);
        }
    }

    /** Reads the expected bytes into an array of that size, and copies only if the body is longer than announced. */
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
