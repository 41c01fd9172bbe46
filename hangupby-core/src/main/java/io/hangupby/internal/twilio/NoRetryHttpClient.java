package io.hangupby.internal.twilio;

import com.twilio.http.HttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.apache.hc.core5.http.Header;

/**
 * Sends each request of twilio-java once. twilio-java sends up to three times after any 5xx, writes included; here the caller
 * decides, because it knows the kind of request. A response without success throws {@link HttpStatusException}; no response
 * throws {@link UncheckedIOException} with the host as its message.
 */
abstract class NoRetryHttpClient extends HttpClient implements AutoCloseable {
    final TwilioHosts hosts;
    private final TwilioClock clock;

    /**
     * @param hosts the hosts to send requests to
     * @param clock learns the time at Twilio
     */
    NoRetryHttpClient(TwilioHosts hosts, TwilioClock clock) {
        this.hosts = hosts;
        this.clock = clock;
    }

    @Override
    public final Response reliableRequest(Request request) {
        try {
            Instant sent = clock.steady().instant();
            Received received = send(request);
            if (received.status() < 200 || received.status() >= 300) {
                throw new HttpStatusException(
                        received.status(),
                        received.body(),
                        header(received, "Retry-After").orElse(""));
            }
            // Other responses can come from a proxy with a clock of its own.
            header(received, "Date").ifPresent(date -> clock.responded(sent, date));
            return new Response(new ByteArrayInputStream(received.body()), received.status(), received.headers());
        } catch (UncheckedIOException broken) {
            throw new UncheckedIOException(host(request), Objects.requireNonNull(broken.getCause()));
        }
    }

    @Override
    public final Response makeRequest(Request request) {
        return reliableRequest(request);
    }

    /** Sends a request without following redirects, and reads the response to its end. */
    abstract Received send(Request request);

    /** Returns the host and port of a request, without user and password, which are secret. */
    final String host(Request request) {
        String authority = hosts.address(request).getRawAuthority();
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    private static Optional<String> header(Received received, String name) {
        return Arrays.stream(received.headers())
                .filter(header -> header.getName().equalsIgnoreCase(name))
                .map(Header::getValue)
                .findFirst();
    }

    @Override
    public abstract void close();

    /** A response as it was received. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Received(int status, byte[] body, Header[] headers) {}
}
