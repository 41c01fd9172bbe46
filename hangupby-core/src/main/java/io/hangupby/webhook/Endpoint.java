package io.hangupby.webhook;

import java.util.Locale;
import java.util.Optional;

/** What is received where, and how much of it. */
enum Endpoint {
    TASKROUTER("/taskrouter", "application/x-www-form-urlencoded", 256),
    CONFERENCE("/conference", "application/x-www-form-urlencoded", 256),

    /** Several events come together. */
    EVENTS("/events", "application/json", 1024);

    private static final int BYTES_IN_KIB = 1024;
    private static final Endpoint[] ALL = values();

    private final String path;
    private final String mediaType;
    private final int maxKib;

    Endpoint(String path, String mediaType, int maxKib) {
        this.path = path;
        this.mediaType = mediaType;
        this.maxKib = maxKib;
    }

    /** Returns the endpoint at this path below the place where hangupby is mounted. */
    static Optional<Endpoint> at(String path) {
        // A loop, and not a stream: this is asked of each request.
        for (Endpoint endpoint : ALL) {
            if (endpoint.path.equals(path)) {
                return Optional.of(endpoint);
            }
        }
        return Optional.empty();
    }

    /** Says whether a content type is one that is received here, whatever parameters it has. */
    boolean takes(String contentType) {
        return contentType.equals(mediaType)
                || contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(mediaType);
    }

    String path() {
        return path;
    }

    String mediaType() {
        return mediaType;
    }

    /** The most KiB that a body may have. */
    int maxKib() {
        return maxKib;
    }

    /** The most bytes that a body may have. */
    int maxBytes() {
        return maxKib * BYTES_IN_KIB;
    }
}
