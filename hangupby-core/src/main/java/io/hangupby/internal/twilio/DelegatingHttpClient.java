package io.hangupby.internal.twilio;

import com.twilio.http.HttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.util.Optional;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests through an application's own HTTP client, with its proxy and certificates. The stricter timeouts and limits
 * hold, the application's or ours. A request that we give up may continue in the application's client, which is never closed
 * here.
 */
final class DelegatingHttpClient extends NoRetryHttpClient {
    private final HttpClient delegate;

    DelegatingHttpClient(HttpClient delegate, TwilioHosts hosts, TwilioClock clock) {
        super(hosts, clock);
        this.delegate = delegate;
    }

    @Override
    Received send(Request request) {
        Attempt attempt = Attempt.current();
        attempt.sends(host(request), () -> {});
        try {
            Response response = delegate.makeRequest(new Redirected(request, hosts.address(request)));
            return new Received(
                    response.getStatusCode(),
                    bytes(response, attempt),
                    Optional.ofNullable(response.getHeaders()).orElseGet(() -> new Header[0]));
        } catch (Exception failed) {
            throw unchecked(failed);
        }
    }

    /**
     * Unwraps the I/O failure, because twilio-java's own client wraps it into a general exception. A client in another JVM
     * language can also throw undeclared checked exceptions.
     */
    private static RuntimeException unchecked(Exception failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException broken) {
                return new UncheckedIOException(broken);
            }
        }
        return failed instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failed);
    }

    private static byte[] bytes(Response response, Attempt attempt) throws IOException {
        if (response.getStatusCode() == 204) {
            return new byte[0];
        }
        try (InputStream body = response.getStream()) {
            return attempt.room().read(body);
        }
    }

    @Override
    public void close() {}

    /** A copy of a twilio-java request with our address. */
    private static final class Redirected extends Request {
        private final URI address;

        Redirected(Request request, URI address) {
            super(request.getMethod(), request.getUrl());
            this.address = address;
            getPostParams().putAll(request.getPostParams());
            getHeaderParams().putAll(request.getHeaderParams());
            setUserAgentExtensions(request.getUserAgentExtensions());
            setAuth(request.getUsername(), request.getPassword());
        }

        @Override
        public URL constructURL() {
            try {
                return address.toURL();
            } catch (IOException malformed) {
                throw new UncheckedIOException(malformed);
            }
        }

        /** Compares by identity. */
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
