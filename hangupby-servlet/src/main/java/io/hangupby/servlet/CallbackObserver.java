package io.hangupby.servlet;

import io.hangupby.webhook.WebhookHandler;
import io.hangupby.webhook.WebhookRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Observes callbacks that the application handles, and has their events recorded. Thread-safe.
 *
 * @param webhook records the events
 * @param publicUrl the address that Twilio was given; if empty, the request's own address is used
 * @param copies bounds the memory for copies of bodies
 */
record CallbackObserver(Supplier<WebhookHandler> webhook, Optional<String> publicUrl, CopyBudget copies) {
    CallbackObserver(Supplier<WebhookHandler> webhook, Optional<String> publicUrl) {
        this(webhook, publicUrl, CopyBudget.ofThisHeap());
    }

    /** Returns whether a request can be a callback, judged without its body. */
    boolean canObserve(WebhookRequest callback) {
        return webhook.get().canObserve(callback);
    }

    /** Returns the maximum size of a callback's body in bytes. */
    int maxBodyBytes(WebhookRequest callback) {
        return webhook.get().maxBodyBytes(callback);
    }

    void observe(WebhookRequest callback) throws IOException {
        webhook.get().observe(callback, publicUrl);
    }

    /** Counts and logs a callback that could not be observed. */
    void miss(String reason) {
        webhook.get().missed(reason);
    }

    /** Counts and logs a failure of hangupby during the application's request. Throws nothing. */
    void fail(Throwable failure) {
        try {
            // Omits the message, which may quote the request.
            StackTraceElement[] where = failure.getStackTrace();
            miss(failure.getClass().getName() + (where.length == 0 ? "" : " at " + where[0]));
        } catch (Throwable cannotLog) {
            // The request must go on.
        }
    }
}
