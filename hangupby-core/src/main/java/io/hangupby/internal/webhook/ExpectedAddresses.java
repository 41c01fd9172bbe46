package io.hangupby.internal.webhook;

import io.hangupby.webhook.WebhookRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the addresses for which a request can be signed: those of the settings, or the request's own. None, if no such address is
 * well-formed. Immutable.
 */
record ExpectedAddresses(WebhookSettings settings) {

    /** Returns the addresses of a request to an endpoint of hangupby. */
    List<SignedAddress> of(WebhookRequest request) {
        if (settings.publicUrls().isEmpty()) {
            return own(request).stream().toList();
        }
        // A loop, because a stream would cost more and this runs for each request.
        List<SignedAddress> addresses = new ArrayList<>();
        for (String url : settings.publicUrls()) {
            given(url + request.endpoint(), request).ifPresent(addresses::add);
        }
        return addresses;
    }

    /**
     * Returns the address of a callback to the application's own handler.
     *
     * @param publicUrl the whole address that Twilio was given, if a setting has it
     */
    List<SignedAddress> ofObserved(WebhookRequest request, Optional<String> publicUrl) {
        return publicUrl
                .map(SignedUrl::withoutFragment)
                .map(url -> url.contains("?") ? Optional.of(new SignedAddress(url, true)) : given(url, request))
                .orElseGet(() -> own(request))
                .stream()
                .toList();
    }

    private static Optional<SignedAddress> given(String url, WebhookRequest request) {
        return RequestUrl.withQuery(url, request).map(address -> new SignedAddress(address, true));
    }

    private Optional<SignedAddress> own(WebhookRequest request) {
        Optional<String> url =
                settings.trustForwardedHeaders() ? RequestUrl.forwarded(request) : RequestUrl.own(request);
        return url.flatMap(own -> RequestUrl.withQuery(own, request)).map(address -> new SignedAddress(address, false));
    }
}
