package io.hangupby.webhook;

/**
 * The HTTP response to a request. Its content type is always JSON, as Twilio expects. Immutable.
 *
 * @param status the HTTP status
 * @param body the body, or empty
 */
public record WebhookResponse(int status, String body) {

    /** The content type of each response, even without a body, because Twilio documents that it expects one. */
    public static final String CONTENT_TYPE = "application/json";

    private static final String ERROR_START = "{\"error\":\"";
    private static final String ERROR_END = "\"}";

    /** Rejects a request whose body broke off. */
    public static final WebhookResponse BROKEN_OFF = rejected(400, "the body broke off");

    /** Rejects a request whose body a filter of the application has read before hangupby. */
    public static final WebhookResponse READ_IN_FRONT = rejected(400, "the body was read before it came here");

    /** Rejects a request whose body did not arrive in time. */
    public static final WebhookResponse TOO_SLOW = rejected(408, "the body did not arrive in time");

    /** Rejects a request that announces no length for a body that arrives slowly. */
    public static final WebhookResponse LENGTH_REQUIRED = rejected(411, "announce the length of the body");

    /** Rejects a request because too many other bodies are being received. */
    public static final WebhookResponse TOO_MANY_BODIES =
            rejected(503, "too many requests are being received; send it again");

    static final WebhookResponse NO_SUCH_ENDPOINT = rejected(
            404,
            "no such endpoint; TaskRouter's event callbacks go to /taskrouter, conference status callbacks to"
                    + " /conference, Event Streams to /events");
    static final WebhookResponse ACCEPTED = new WebhookResponse(204, "");
    static final WebhookResponse WRONG_SIGNATURE =
            rejected(403, "the signature does not match this URL, body and auth token");
    static final WebhookResponse OTHER_ACCOUNT = rejected(403, "the event is of another account");
    static final WebhookResponse OTHER_WORKSPACE = rejected(403, "the event is of another workspace");
    static final WebhookResponse NOT_KEPT = rejected(503, "the event cannot be kept now; send it again");

    static final WebhookResponse NOT_UNDERSTOOD =
            rejected(400, "no event of the batch can be understood; expected are CloudEvents of Event Streams");

    /** Returns this rejection with a status after which Event Streams sends the batch again. */
    WebhookResponse sentAgain() {
        return new WebhookResponse(503, body);
    }

    /** Returns a rejection. The reason must need no escaping, and must quote neither the request nor an exception. */
    static WebhookResponse rejected(int status, String reason) {
        return new WebhookResponse(status, ERROR_START + reason + ERROR_END);
    }

    /** Returns the reason of a rejection. */
    String reason() {
        return body.isEmpty() ? "" : body.substring(ERROR_START.length(), body.length() - ERROR_END.length());
    }
}
