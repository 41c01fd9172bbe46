package io.hangupby.internal.webhook;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The paths below the mount point, with the media types and the size limit of each. */
enum Endpoint {
    TASKROUTER("/taskrouter", 256, "application/x-www-form-urlencoded"),
    CONFERENCE("/conference", 256, "application/x-www-form-urlencoded"),

    /** Receives several events in one request. */
    EVENTS("/events", 1024, "application/json", "application/cloudevents-batch+json", "application/cloudevents+json");

    private static final int BYTES_IN_KIB = 1024;
    private static final Endpoint[] ALL = values();

    private final String path;
    private final int maxKib;
    private final List<String> mediaTypes;

    Endpoint(String path, int maxKib, String... mediaTypes) {
        this.path = path;
        this.maxKib = maxKib;
        this.mediaTypes = List.of(mediaTypes);
    }

    /** Returns the endpoint at this path below the mount point. A slash at its end changes nothing. */
    static Optional<Endpoint> at(String path) {
        // A loop, because a stream would cost more and this runs for each request.
        for (Endpoint endpoint : ALL) {
            if (path.startsWith(endpoint.path) && isEnd(path, endpoint.path.length())) {
                return Optional.of(endpoint);
            }
        }
        return Optional.empty();
    }

    private static boolean isEnd(String path, int from) {
        return path.length() == from || (path.length() == from + 1 && path.charAt(from) == '/');
    }

    /** Returns whether this endpoint accepts the content type. Ignores its parameters. */
    boolean accepts(String contentType) {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return mediaTypes.contains(type) || mediaTypes.contains(type.strip().toLowerCase(Locale.ROOT));
    }

    String path() {
        return path;
    }

    /** Returns the media types that this endpoint accepts, for people. */
    String mediaTypes() {
        return String.join(" or ", mediaTypes);
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
