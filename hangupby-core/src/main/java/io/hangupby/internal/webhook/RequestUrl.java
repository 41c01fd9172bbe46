package io.hangupby.internal.webhook;

import io.hangupby.webhook.WebhookRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the URL of a request: as this server received it, or as the {@code X-Forwarded} headers of proxies give it. Anybody can
 * send such headers, so only servers behind a proxy may trust them. A part with characters that a URL cannot have there gives no
 * URL. For example, a {@code #} would cut off the rest, because Twilio does not sign a fragment.
 */
final class RequestUrl {
    private static final String SCHEME_END = "://";
    private static final String HOST = "(?:[A-Za-z0-9._~%-]+|\\[[A-Za-z0-9._~%:-]+])(?::[0-9]{1,5})?";
    private static final Pattern OWN = Pattern.compile("(?i:https?)://" + HOST + "(?:/[^\\p{Cntrl} #?\\\\]*)?");
    private static final Pattern QUERY = Pattern.compile("[^\\p{Cntrl} #]*");

    private static final Pattern FORWARDED_PROTO = Pattern.compile("(?i:https?)");
    private static final Pattern FORWARDED_HOST = Pattern.compile(HOST);
    private static final Pattern FORWARDED_PORT = Pattern.compile("[0-9]{1,5}");
    private static final Pattern FORWARDED_PREFIX = Pattern.compile("/[A-Za-z0-9._~!$&'()*+;=:@%/-]*");

    private RequestUrl() {}

    /** Returns the request's own URL without its query, if it is well-formed. */
    static Optional<String> own(WebhookRequest request) {
        return Optional.of(request.url()).filter(RequestUrl::isWellFormed);
    }

    /** Returns whether a URL without a query has only characters that a URL can have. */
    static boolean isWellFormed(String url) {
        return OWN.matcher(url).matches();
    }

    /** Returns the request's own URL with its parts replaced by the headers' values, if all are well-formed. */
    static Optional<String> forwarded(WebhookRequest request) {
        Optional<String> own = own(request);
        boolean fits = fits(request, "X-Forwarded-Proto", FORWARDED_PROTO)
                && fits(request, "X-Forwarded-Host", FORWARDED_HOST)
                && fits(request, "X-Forwarded-Port", FORWARDED_PORT)
                && fits(request, "X-Forwarded-Prefix", FORWARDED_PREFIX);
        return own.filter(url -> fits).map(url -> forwarded(request, url));
    }

    /** Returns the address with the request's query, if the query is well-formed. */
    static Optional<String> withQuery(String address, WebhookRequest request) {
        Optional<String> query = request.query();
        return query.isEmpty()
                ? Optional.of(address)
                : query.filter(text -> QUERY.matcher(text).matches()).map(text -> address + "?" + text);
    }

    private static String forwarded(WebhookRequest request, String url) {
        int authority = url.indexOf(SCHEME_END) + SCHEME_END.length();
        int slash = url.indexOf('/', authority);
        int path = slash < 0 ? url.length() : slash;
        Optional<String> host = first(request, "X-Forwarded-Host");
        String origin = first(request, "X-Forwarded-Proto").orElse(url.substring(0, authority - SCHEME_END.length()))
                + SCHEME_END
                + host.orElse(url.substring(authority, path));
        boolean hasForwardedPort = host.isPresent() && SignedUrl.hasPort(origin);
        return first(request, "X-Forwarded-Port")
                        .filter(port -> !hasForwardedPort)
                        .map(port -> SignedUrl.withPort(origin, port))
                        .orElse(origin)
                + first(request, "X-Forwarded-Prefix")
                        .map(RequestUrl::withoutSlashAtEnd)
                        .orElse("")
                + url.substring(path);
    }

    /** Uses no pattern, because a pattern would start again at each of a thousand slashes. */
    private static String withoutSlashAtEnd(String prefix) {
        int end = prefix.length();
        while (end > 0 && prefix.charAt(end - 1) == '/') {
            end--;
        }
        return prefix.substring(0, end);
    }

    private static boolean fits(WebhookRequest request, String header, Pattern part) {
        return first(request, header)
                .filter(value -> !part.matcher(value).matches())
                .isEmpty();
    }

    /** Returns the first value: each proxy appends a value, so the first belongs to the proxy that Twilio reached. */
    private static Optional<String> first(WebhookRequest request, String header) {
        return request.header(header).map(list -> list.split(",", 2)[0].strip()).filter(value -> !value.isEmpty());
    }
}
