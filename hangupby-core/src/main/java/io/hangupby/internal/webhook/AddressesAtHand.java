package io.hangupby.internal.webhook;

import io.hangupby.webhook.WebhookRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Lists the addresses that Twilio may have been given in place of the expected addresses: the request's own, those of its {@code
 * X-Forwarded} headers, and combinations of their parts. Only a log may name them, once the signature proves which is Twilio's.
 */
final class AddressesAtHand {
    private static final String SCHEME_END = "://";

    private AddressesAtHand() {}

    /** Returns the addresses, without the expected addresses. A port that a scheme implies needs no address of its own. */
    static Stream<String> of(List<SignedAddress> expected, WebhookRequest request) {
        Stream<String> given = expected.stream().map(address -> address.url().replaceFirst("\\?.*", ""));
        Stream<String> ofRequest = Stream.of(
                        RequestUrl.forwarded(request),
                        RequestUrl.own(request).map(own -> ofHost(own, request)),
                        RequestUrl.own(request))
                .flatMap(Optional::stream);
        List<String> known = Stream.concat(given, ofRequest).toList();
        Set<String> addresses = new LinkedHashSet<>();
        for (String origin : known) {
            for (String path : known) {
                addAll(addresses, authority(origin) + path(path));
                addAll(addresses, authority(origin).toLowerCase(Locale.ROOT) + path(path));
            }
        }
        return addresses.stream()
                .flatMap(address -> Stream.concat(RequestUrl.withQuery(address, request).stream(), Stream.of(address)))
                .distinct()
                .filter(address ->
                        expected.stream().noneMatch(other -> other.url().equals(address)));
    }

    private static void addAll(Set<String> addresses, String address) {
        addresses.add("https" + SCHEME_END + address);
        addresses.add("http" + SCHEME_END + address);
    }

    /** Returns the request's own URL with the host of its {@code Host} header: a container may report its own name. */
    private static String ofHost(String own, WebhookRequest request) {
        return request.header("Host")
                .map(host -> "http" + SCHEME_END + host + path(own))
                .filter(RequestUrl::isWellFormed)
                .orElse(own);
    }

    private static String authority(String url) {
        int start = url.indexOf(SCHEME_END) + SCHEME_END.length();
        return url.substring(start, pathStart(url));
    }

    private static String path(String url) {
        return url.substring(pathStart(url));
    }

    private static int pathStart(String url) {
        int slash = url.indexOf('/', url.indexOf(SCHEME_END) + SCHEME_END.length());
        return slash < 0 ? url.length() : slash;
    }
}
