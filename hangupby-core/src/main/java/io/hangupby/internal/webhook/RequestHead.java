package io.hangupby.internal.webhook;

import io.hangupby.webhook.WebhookRequest;
import io.hangupby.webhook.WebhookResponse;
import java.util.Optional;

/** Rejects requests by their head, before any of the body is received. Stateless. */
final class RequestHead {
    static final String SIGNATURE = "X-Twilio-Signature";

    private RequestHead() {}

    /** Returns the rejection of a request, if its head is reason enough. */
    static Optional<WebhookResponse> rejection(WebhookRequest request) {
        Optional<Endpoint> known = Endpoint.at(request.endpoint());
        if (known.isEmpty()) {
            return Optional.of(Responses.NO_SUCH_ENDPOINT);
        }
        Endpoint endpoint = known.get();
        if (!request.method().equals("POST")) {
            return Optional.of(WebhookResponse.rejected(405, "the method must be POST"));
        }
        if (request.header("Content-Type").filter(endpoint::accepts).isEmpty()) {
            return Optional.of(WebhookResponse.rejected(415, "the content type must be " + endpoint.mediaTypes()));
        }
        if (request.announcedLength() > endpoint.maxBytes()) {
            return Optional.of(tooLarge(endpoint));
        }
        return request.header(SIGNATURE).isPresent() ? Optional.empty() : Optional.of(Responses.UNSIGNED);
    }

    static WebhookResponse tooLarge(Endpoint endpoint) {
        return WebhookResponse.rejected(413, "the body is larger than " + endpoint.maxKib() + " KiB");
    }
}
