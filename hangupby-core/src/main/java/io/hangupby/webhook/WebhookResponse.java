package io.hangupby.webhook;

/**
 * The answer to a request. It is always JSON, as Twilio asks for. Immutable.
 *
 * @param status the HTTP status
 * @param body the body, empty where there is nothing to say
 */
public record WebhookResponse(int status, String body) {

    /** Each answer has this content type, also where there is no body: Twilio documents that it expects it. */
    public static final String CONTENT_TYPE = "application/json";

    static final WebhookResponse ACCEPTED = new WebhookResponse(204, "");
    static final WebhookResponse OTHER_ACCOUNT = refused(403, "the event is of another account");
    static final WebhookResponse OTHER_WORKSPACE = refused(403, "the event is of another workspace");
    static final WebhookResponse NOT_KEPT = refused(503, "the event cannot be kept now; send it again");

    /** A refusal; the reason is our own words, which need no escaping, never the request's or an exception's. */
    static WebhookResponse refused(int status, String reason) {
        return new WebhookResponse(status, "{\"error\":\"" + reason + "\"}");
    }
}
