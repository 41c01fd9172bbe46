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

    /** For a request whose body broke off. */
    public static final WebhookResponse BROKEN_OFF = refused(400, "the body broke off");

    /** For a request whose body did not arrive in time. */
    public static final WebhookResponse TOO_SLOW = refused(408, "the body did not arrive in time");

    /** For a request whose body is too slow to be received where its length is not known. */
    public static final WebhookResponse LENGTH_REQUIRED = refused(411, "announce the length of the body");

    /** For a request whose body cannot be received now: too many others are being received. */
    public static final WebhookResponse TOO_MANY_BODIES =
            refused(503, "too many requests are being received; send it again");

    static final WebhookResponse NO_SUCH_ENDPOINT = refused(
            404,
            "no such endpoint; TaskRouter's event callbacks go to /taskrouter, conference status callbacks to"
                    + " /conference, Event Streams to /events");
    static final WebhookResponse ACCEPTED = new WebhookResponse(204, "");
    static final WebhookResponse WRONG_SIGNATURE =
            refused(403, "the signature is not that of this URL, body and auth token");
    static final WebhookResponse OTHER_ACCOUNT = refused(403, "the event is of another account");
    static final WebhookResponse OTHER_WORKSPACE = refused(403, "the event is of another workspace");
    static final WebhookResponse NOT_KEPT = refused(503, "the event cannot be kept now; send it again");

    /** A refusal; the reason is our own words, which need no escaping, never the request's or an exception's. */
    static WebhookResponse refused(int status, String reason) {
        return new WebhookResponse(status, "{\"error\":\"" + reason + "\"}");
    }
}
