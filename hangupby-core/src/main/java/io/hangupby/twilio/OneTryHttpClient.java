package io.hangupby.twilio;

import com.twilio.http.HttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;

/**
 * Sends each of twilio-java's requests once. twilio-java tries three times on any 5xx, writes included; here, whether to try
 * again is decided above, where it is known what was asked. What is answered with an error status leaves as an
 * {@link HttpStatusException}, what is not answered as an {@link java.io.UncheckedIOException}.
 */
abstract class OneTryHttpClient extends HttpClient implements AutoCloseable {

    @Override
    public final Response reliableRequest(Request request) {
        return makeRequest(request);
    }

    @Override
    public abstract void close();
}
