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

    /**
     * Returns a rejection.
     *
     * @param status the HTTP status
     * @param reason a text that JSON need not escape, and that quotes neither the request nor an exception
     */
    public static WebhookResponse rejected(int status, String reason) {
        return new WebhookResponse(status, "{\"error\":\"" + reason + "\"}");
    }
}
