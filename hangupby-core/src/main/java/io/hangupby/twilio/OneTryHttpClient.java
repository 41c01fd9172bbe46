package io.hangupby.twilio;

import com.twilio.http.HttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * Sends each of twilio-java's requests once. twilio-java tries three times on any 5xx, writes included; here, whether to try
 * again is decided above, where it is known what was asked. What is answered with an error status leaves as an
 * {@link HttpStatusException}, what is not answered as an {@link UncheckedIOException} with the host for its message.
 */
abstract class OneTryHttpClient extends HttpClient implements AutoCloseable {
    final TwilioHosts hosts;

    /**
     * @param hosts which hosts are asked
     */
    OneTryHttpClient(TwilioHosts hosts) {
        this.hosts = hosts;
    }

    @Override
    public final Response reliableRequest(Request request) {
        try {
            return makeRequest(request);
        } catch (UncheckedIOException broken) {
            // A user and a password before it are nobody's business.
            String host = hosts.address(request).getRawAuthority().replaceFirst(".*@", "");
            throw new UncheckedIOException(host, Objects.requireNonNull(broken.getCause()));
        }
    }

    @Override
    public abstract void close();
}
