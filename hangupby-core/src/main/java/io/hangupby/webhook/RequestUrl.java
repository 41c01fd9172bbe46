package io.hangupby.webhook;

import java.util.Optional;

/**
 * Finds the URL by which a request was sent to the proxies in front of this server, as their headers tell. Anybody can send
 * such headers, so this is for servers that only a proxy can reach.
 */
final class ForwardedUrl {

    private static final String SCHEME_END = "://";

    private ForwardedUrl() {}

    /** The request's own URL with what the headers say in place of its parts. */
    static String of(WebhookRequest request) {
        String url = request.url();
        int authority = url.indexOf(SCHEME_END) + SCHEME_END.length();
        int path = Math.max(url.indexOf('/', authority), authority);
        Optional<String> host = first(request, "X-Forwarded-Host");
        String origin = first(request, "X-Forwarded-Proto").orElse(url.substring(0, authority - SCHEME_END.length()))
                + SCHEME_END
                + host.orElse(url.substring(authority, path));
        boolean hasForwardedPort = host.isPresent() && SignedUrl.hasPort(origin);
        return first(request, "X-Forwarded-Port")
                        .filter(port -> !hasForwardedPort)
                        .map(port -> SignedUrl.withPort(origin, port))
                        .orElse(origin)
                + first(request, "X-Forwarded-Prefix").orElse("").replaceFirst("/+$", "")
                + url.substring(path);
    }

    /** Each proxy adds a value at the end of the list; the first is that of the one which Twilio reached. */
    private static Optional<String> first(WebhookRequest request, String header) {
        return request.header(header).map(list -> list.split(",", 2)[0].strip()).filter(value -> !value.isEmpty());
    }
}
