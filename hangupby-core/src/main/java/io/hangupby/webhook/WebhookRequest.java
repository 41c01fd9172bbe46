package io.hangupby.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** One HTTP request to an endpoint of hangupby, independent of the web framework. */
public interface WebhookRequest {

    /** Returns the HTTP method. */
    String method();

    /** Returns the path below the mount point of hangupby, with its leading slash: {@code /taskrouter}. */
    String endpoint();

    /** Returns the URL of the request as this server received it, without the query. */
    String url();

    /** Returns the query, still encoded and without its question mark. */
    Optional<String> query();

    /** Returns a header's first value. The name is case-insensitive. */
    Optional<String> header(String name);

    /** Returns the announced length of the body in bytes, or a negative number if the request announces no length. */
    long announcedLength();

    /**
     * Returns the body, of which nothing has been read.
     *
     * @throws IOException if the body cannot be received
     */
    InputStream body() throws IOException;

    /**
     * Returns the body as it reads in another charset, if the server parsed the form itself and may have misread it. The signature shows
     * which of the two bodies Twilio sent. By default there is none.
     */
    default Optional<byte[]> otherReading() {
        return Optional.empty();
    }
}
