package io.hangupby.internal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the texts of a URL that Twilio may have signed. It only cuts and inserts: decoding and encoding could change an
 * escape, and a valid signature would no longer match.
 */
final class SignedUrl {

    private static final String SCHEME_END = "://";

    private SignedUrl() {}

    /** Returns the URL without its fragment, which holds settings for Twilio and is never sent. */
    static String withoutFragment(String url) {
        int fragment = url.indexOf('#');
        return fragment < 0 ? url : url.substring(0, fragment);
    }

    /** Returns the texts that Twilio may have signed for a URL, the likeliest first. */
    static List<byte[]> signedTexts(String url) {
        String asGiven = withoutFragment(url);
        return Stream.concat(Stream.of(asGiven), withOtherPort(asGiven).stream())
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }

    /**
     * Returns the URL without its port, or with the port that its scheme implies if it has none. Twilio is not
     * consistent in which of the two it signs. Empty for a URL that has neither.
     */
    static Optional<String> withOtherPort(String url) {
        int schemeEnd = url.indexOf(SCHEME_END);
        if (schemeEnd < 0) {
            return Optional.empty();
        }
        int authorityEnd = authorityEnd(url, schemeEnd + SCHEME_END.length());
        int colon = portColon(url, schemeEnd + SCHEME_END.length(), authorityEnd);
        if (colon >= 0) {
            return Optional.of(url.substring(0, colon) + url.substring(authorityEnd));
        }
        return impliedPort(url.substring(0, schemeEnd))
                .map(port -> url.substring(0, authorityEnd) + port + url.substring(authorityEnd));
    }

    /** Returns whether a URL names its port. */
    static boolean hasPort(String url) {
        int authority = url.indexOf(SCHEME_END) + SCHEME_END.length();
        return portColon(url, authority, authorityEnd(url, authority)) >= 0;
    }

    /** Returns the URL with this port, which replaces any other port. */
    static String withPort(String url, String port) {
        int authority = url.indexOf(SCHEME_END) + SCHEME_END.length();
        int end = authorityEnd(url, authority);
        int colon = portColon(url, authority, end);
        return url.substring(0, colon < 0 ? end : colon) + ":" + port + url.substring(end);
    }

    /** Returns the last value of a query parameter, still encoded. */
    static Optional<String> queryValue(String url, String name) {
        String asSigned = withoutFragment(url);
        int query = asSigned.indexOf('?');
        if (query < 0) {
            return Optional.empty();
        }
        String[] pairs = asSigned.substring(query + 1).split("&", -1);
        for (int i = pairs.length - 1; i >= 0; i--) {
            if (pairs[i].startsWith(name + "=")) {
                return Optional.of(pairs[i].substring(name.length() + 1));
            }
        }
        return Optional.empty();
    }

    private static int authorityEnd(String url, int authority) {
        int at = authority;
        while (at < url.length() && url.charAt(at) != '/' && url.charAt(at) != '?') {
            at++;
        }
        return at;
    }

    /** Returns the index of the port's colon, or -1. A password and an IPv6 address can have colons too. */
    private static int portColon(String url, int authority, int authorityEnd) {
        int colon = url.lastIndexOf(':', authorityEnd - 1);
        int hostLetter = Math.max(url.lastIndexOf('@', authorityEnd - 1), url.lastIndexOf(']', authorityEnd - 1));
        return colon >= authority && colon > hostLetter ? colon : -1;
    }

    private static Optional<String> impliedPort(String scheme) {
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "https" -> Optional.of(":443");
            case "http" -> Optional.of(":80");
            default -> Optional.empty();
        };
    }
}
