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
 * Sends requests through an application's own HTTP client: its proxy, its certificates. Of its timeouts and limits, the stricter
 * ones hold, theirs or ours. A request that we give up may go on in theirs, which is left open.
 */
final class DelegatingHttpClient extends NoRetryHttpClient {
    private final HttpClient theirs;

    DelegatingHttpClient(HttpClient theirs, TwilioHosts hosts, TwilioClock clock) {
        super(hosts, clock);
        this.theirs = theirs;
    }

    @Override
    Received send(Request request) {
        Attempt attempt = Attempt.current();
        attempt.sends(host(request), () -> {});
        try {
            Response response = theirs.makeRequest(new Redirected(request, hosts.address(request)));
            return new Received(
                    response.getStatusCode(),
                    bytes(response, attempt),
                    Optional.ofNullable(response.getHeaders()).orElseGet(() -> new Header[0]));
        } catch (Exception failed) {
            throw unchecked(failed);
        }
    }

    /**
     * twilio-java's own client wraps what goes wrong on the way into an exception that could be anything; one in another language
     * than Java can throw exceptions that it does not declare.
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

    /** A request as twilio-java made it, that goes where we want. */
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

        /** Two requests are never the same one. */
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
