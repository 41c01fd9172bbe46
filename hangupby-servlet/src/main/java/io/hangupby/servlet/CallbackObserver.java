package io.hangupby.servlet;

import io.hangupby.webhook.WebhookHandler;
import io.hangupby.webhook.WebhookRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Observes callbacks that the application handles, and has their events kept. Thread-safe.
 *
 * @param webhook keeps them
 * @param publicUrl the address that Twilio was given; if empty, the one by which a request came in
 * @param copies what copies of bodies may take
 */
record CallbackObserver(Supplier<WebhookHandler> webhook, Optional<String> publicUrl, CopyBudget copies) {
    CallbackObserver(Supplier<WebhookHandler> webhook, Optional<String> publicUrl) {
        this(webhook, publicUrl, CopyBudget.ofThisHeap());
    }

    /** Returns whether this can be a callback, whatever its body says. */
    boolean observes(WebhookRequest callback) {
        return webhook.get().watches(callback);
    }

    void observe(WebhookRequest callback) throws IOException {
        webhook.get().watch(callback, publicUrl);
    }

    /** Counts and reports a callback that could not be observed. */
    void miss(String reason) {
        webhook.get().missed(reason);
    }

    /** Counts and reports what goes wrong with us, in the midst of somebody else's request; throws nothing. */
    void fail(Throwable ours) {
        try {
            // Without its words, which may quote the request.
            StackTraceElement[] where = ours.getStackTrace();
            miss(ours.getClass().getName() + (where.length == 0 ? "" : " at " + where[0]));
        } catch (Throwable noWayToTell) {
            // The request goes on all the same.
        }
    }
}
