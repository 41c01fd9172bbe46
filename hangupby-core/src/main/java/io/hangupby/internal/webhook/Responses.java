package io.hangupby.internal.webhook;

import io.hangupby.webhook.WebhookResponse;

/** The responses that are the same for each request. */
final class Responses {
    static final WebhookResponse ACCEPTED = new WebhookResponse(204, "");
    static final WebhookResponse UNSIGNED = WebhookResponse.rejected(403, "the X-Twilio-Signature header is missing");
    static final WebhookResponse WRONG_SIGNATURE =
            WebhookResponse.rejected(403, "the signature does not match this URL, body and auth token");
    static final WebhookResponse OTHER_ACCOUNT = WebhookResponse.rejected(403, "the event is of another account");
    static final WebhookResponse OTHER_WORKSPACE = WebhookResponse.rejected(403, "the event is of another workspace");
    static final WebhookResponse NO_SUCH_ENDPOINT = WebhookResponse.rejected(
            404,
            "no such endpoint; TaskRouter's event callbacks go to /taskrouter, conference status callbacks to"
                    + " /conference, Event Streams to /events");
    static final WebhookResponse INTERNAL_ERROR = WebhookResponse.rejected(500, "internal error; send it again");
    static final WebhookResponse NOT_KEPT =
            WebhookResponse.rejected(503, "the event cannot be kept now; send it again");

    static final WebhookResponse NOT_UNDERSTOOD = WebhookResponse.rejected(
            400, "no event of the batch can be understood; expected are CloudEvents of Event Streams");

    private Responses() {}
}
