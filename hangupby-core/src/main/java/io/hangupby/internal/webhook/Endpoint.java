package io.hangupby.internal.webhook;

import java.util.Locale;
import java.util.Optional;

/** The paths below the mount point, with the media type and the size limit of each. */
enum Endpoint {
    TASKROUTER("/taskrouter", "application/x-www-form-urlencoded", 256),
    CONFERENCE("/conference", "application/x-www-form-urlencoded", 256),

    /** Receives several events in one request. */
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

    /** Returns the endpoint at this path below the mount point. */
    static Optional<Endpoint> at(String path) {
        // A loop, because a stream would cost more and this runs for each request.
        for (Endpoint endpoint : ALL) {
            if (endpoint.path.equals(path)) {
                return Optional.of(endpoint);
            }
        }
        return Optional.empty();
    }

    /** Returns whether this endpoint accepts the content type. Ignores its parameters. */
    boolean accepts(String contentType) {
        return contentType.equals(mediaType)
                || contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(mediaType);
    }

    String path() {
        return path;
    }

    String mediaType() {
        return mediaType;
    }

    /** Returns the maximum size of a body in KiB. */
    int maxKib() {
        return maxKib;
    }

    /** Returns the maximum size of a body in bytes. */
    int maxBytes() {
        return maxKib * BYTES_IN_KIB;
    }
}
