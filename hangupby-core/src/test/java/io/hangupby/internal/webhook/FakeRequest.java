package io.hangupby.internal.webhook;

import io.hangupby.webhook.WebhookRequest;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request for tests that records how it was read. */
final class FakeRequest implements WebhookRequest {
    String method = "POST";
    String endpoint = "/taskrouter";
    String url = "http://127.0.0.1:8080/hangupby/taskrouter";
    Optional<String> query = Optional.empty();
    final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byte[] body;
    long announcedLength = -1;
    boolean breaksOff;
    Optional<RuntimeException> fails = Optional.empty();
    int bytesRead;
    boolean closed;

    FakeRequest(byte[] body) {
        this.body = body;
        headers.put("Content-Type", "application/x-www-form-urlencoded");
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String endpoint() {
        return endpoint;
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public Optional<String> query() {
        return query;
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    @Override
    public long announcedLength() {
        return announcedLength;
    }

    @Override
    public InputStream body() {
        fails.ifPresent(failure -> {
            throw new IllegalStateException(failure.getMessage(), failure);
        });
        return new FilterInputStream(new ByteArrayInputStream(body)) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (breaksOff) {
                    throw new IOException("connection reset");
                }
                int count = super.read(into, offset, length);
                bytesRead += Math.max(0, count);
                return count;
            }

            @Override
            public void close() {
                closed = true;
            }
        };
    }
}
