package io.hangupby.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the texts of a URL that Twilio may have signed. It cuts and inserts, and never decodes or rebuilds: an escape
 * that came back differently written would make a good signature look wrong.
 */
final class SignedUrl {

    private static final String SCHEME_END = "://";

    private SignedUrl() {}

    /** Twilio keeps what follows the number sign to itself: it holds its connection settings. */
    static String withoutFragment(String url) {
        int fragment = url.indexOf('#');
        return fragment < 0 ? url : url.substring(0, fragment);
    }

    /** Returns what Twilio may have signed of a URL, the likeliest first. */
    static List<byte[]> signedTexts(String url) {
        String asGiven = withoutFragment(url);
        return Stream.concat(Stream.of(asGiven), withOtherPort(asGiven).stream())
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }

    /**
     * The same URL without its port if it names one, else with the port that its scheme implies: Twilio is not
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

    /** Says whether a URL names its port. */
    static boolean hasPort(String url) {
        int authority = url.indexOf(SCHEME_END) + SCHEME_END.length();
        return portColon(url, authority, authorityEnd(url, authority)) >= 0;
    }

    /** The same URL with this port, whatever it had. */
    static String withPort(String url, String port) {
        int authority = url.indexOf(SCHEME_END) + SCHEME_END.length();
        int end = authorityEnd(url, authority);
        int colon = portColon(url, authority, end);
        return url.substring(0, colon < 0 ? end : colon) + ":" + port + url.substring(end);
    }

    /** The last value of a query parameter, as written. */
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

    /** Where the port's colon is, or negative. A password has colons too, and so has an IPv6 address. */
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
