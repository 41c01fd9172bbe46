package io.hangupby.webhook;

import java.io.IOException;
import java.util.Optional;

/**
 * Handles Twilio's requests: verifies the signature, reads the events, and records them in the journal before it responds. Waits
 * only for the journal. Until the signature is verified, the handler trusts nothing in a request, and quotes nothing of it in a
 * response or a log. Thread-safe. An adapter obtains the handler from {@link io.hangupby.HangUpBy#webhook}. Do not implement this
 * interface: later versions can add methods.
 */
public interface WebhookHandler {

    /**
     * Returns whether a setting gives the address that the signatures of requests to {@link #handle} must match. Otherwise the
     * request's own address is used, and a request that Twilio signed for another server with the same path is accepted too.
     */
    boolean hasPublicUrl();

    /** Returns the maximum size of a request's body in bytes. */
    int maxBodyBytes(WebhookRequest request);

    /**
     * Returns the response to a request that is rejected whatever its body says, and counts the request as {@link #handle} does.
     * The caller can send this response without receiving the body. Empty if {@link #handle} needs the body.
     */
    Optional<WebhookResponse> rejection(WebhookRequest request);

    /**
     * Handles one request and returns the response. Reads the body only if the request line and the headers are valid.
     *
     * @throws IOException if the body could not be received, so that no response can be sent
     */
    WebhookResponse handle(WebhookRequest request) throws IOException;

    /**
     * Returns a rejection as the sender of the request needs it. Event Streams discards a batch after most responses, and sends it again
     * after 503. A person then has four hours to correct a setting or a proxy. Logs each reason once.
     *
     * @param rejection the response, for example {@link WebhookResponse#TOO_SLOW}
     */
    WebhookResponse forSender(WebhookRequest request, WebhookResponse rejection);

    /** Returns whether a request can be a callback to {@link #observe}, judged without its body. */
    boolean canObserve(WebhookRequest request);

    /**
     * Records the event of a callback to which the application responds. Waits at most 250 ms for the journal. An event that takes
     * longer is counted, logged and left to recovery, unless the journal records it late.
     *
     * @param publicUrl the whole address that Twilio was given; the request's query is added if the address has none. If empty,
     *     the request's own address is used
     * @return the response that {@link #handle} would have returned: 204 if the event is recorded or useless, 503 if the event
     *     could not be recorded
     * @throws IOException if the body could not be received
     */
    WebhookResponse observe(WebhookRequest callback, Optional<String> publicUrl) throws IOException;

    /**
     * Notes the public address whose callbacks are given to {@link #observe}, for {@code HangUpBy.check}.
     *
     * @param publicUrl the whole address that Twilio was given
     */
    void observesAt(String publicUrl);

    /**
     * Counts and logs a callback that could not be observed.
     *
     * @param reason the reason for the log, which must quote nothing of the request
     */
    void missed(String reason);
}
