package io.hangupby.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** One HTTP request to an endpoint of ours, whatever the framework it came in through. */
public interface WebhookRequest {

    /** Returns the HTTP method. */
    String method();

    /** Returns the rest of the path below the place where hangupby is mounted, with its slash: {@code /taskrouter}. */
    String endpoint();

    /** Returns the URL by which the request came in, as far as this server can tell: without the query. */
    String url();

    /** Returns the query, still encoded and without its question mark. */
    Optional<String> query();

    /** Returns a header's first value; the case of its name does not matter. */
    Optional<String> header(String name);

    /** Returns how many bytes the body is announced to have, negative if the request does not tell. */
    long announcedLength();

    /**
     * Returns the body, not read by anybody before.
     *
     * @throws IOException if it cannot be received
     */
    InputStream body() throws IOException;
}
