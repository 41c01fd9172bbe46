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
 * Sends each of twilio-java's requests once. twilio-java tries three times on any 5xx, writes included; here, whether to try
 * again is decided above, where it is known what was asked. A response without success leaves as an
 * {@link HttpStatusException}, what is not answered as an {@link UncheckedIOException} with the host for its message.
 */
abstract class NoRetryHttpClient extends HttpClient implements AutoCloseable {
    final TwilioHosts hosts;
    private final TwilioClock clock;

    /**
     * @param hosts which hosts are asked
     * @param clock learns what time it is there
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
            // What is no success can come from a proxy, which has a clock of its own.
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

    /** Sends a request, follows no redirection, and reads the response to its end. */
    abstract Received send(Request request);

    /** Returns where a request goes. A user and a password before the host are nobody's business. */
    final String host(Request request) {
        return hosts.address(request).getRawAuthority().replaceFirst(".*@", "");
    }

    private static Optional<String> header(Received received, String name) {
        return Arrays.stream(received.headers())
                .filter(header -> header.getName().equalsIgnoreCase(name))
                .map(Header::getValue)
                .findFirst();
    }

    @Override
    public abstract void close();

    /** A response as it came. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on at once, and compared with nothing.
    record Received(int status, byte[] body, Header[] headers) {}
}
