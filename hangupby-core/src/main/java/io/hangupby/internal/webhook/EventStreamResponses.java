package io.hangupby.internal.webhook;

import io.hangupby.webhook.WebhookRequest;
import io.hangupby.webhook.WebhookResponse;
import java.util.Optional;
import java.util.Set;

/** Which rejections Event Streams should send again after. It discards a batch after 4xx other than 429, and repeats it after 5xx. */
final class EventStreamResponses {
    /** What a person can mend: a setting, a proxy, a body that was changed or came slowly. */
    private static final Set<Integer> MENDABLE = Set.of(400, 403, 404, 408, 411, 413, 415);

    private EventStreamResponses() {}

    /**
     * Returns whether a person can mend the cause of a rejection. Events of another workspace are no such cause: a sink carries the events
     * of all workspaces of an account, and they would return for hours.
     */
    static boolean canBeMended(WebhookRequest request, WebhookResponse rejection) {
        return MENDABLE.contains(rejection.status())
                && !rejection.equals(Responses.OTHER_WORKSPACE)
                && request.method().equals("POST")
                && (Endpoint.at(request.endpoint()).equals(Optional.of(Endpoint.EVENTS)) || hasBodyHash(request));
    }

    /** Returns whether the address has the hash of the body, as Event Streams' has at any endpoint. */
    static boolean hasBodyHash(WebhookRequest request) {
        return request.query()
                .filter(query -> query.contains(SignatureVerifier.BODY_HASH + "="))
                .isPresent();
    }

    /** Returns a rejection with a status after which Event Streams sends the batch again. */
    static WebhookResponse sentAgain(WebhookResponse rejection) {
        return new WebhookResponse(503, rejection.body());
    }
}
