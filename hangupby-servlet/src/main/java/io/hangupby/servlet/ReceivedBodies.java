package io.hangupby.servlet;

import io.hangupby.webhook.WebhookHandler;
import io.hangupby.webhook.WebhookResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes requests whose bodies have been received to the webhook. A filter in front may have had the container parse a form; the form is
 * then put together again. If a filter has read a body in another way, the log says so once. Thread-safe.
 *
 * @param webhook handles the requests
 * @param warned whether the log has the warning
 */
record ReceivedBodies(WebhookHandler webhook, AtomicBoolean warned) {
    private static final Logger log = LoggerFactory.getLogger(ReceivedBodies.class);

    ReceivedBodies(WebhookHandler webhook) {
        this(webhook, new AtomicBoolean());
    }

    /** Returns the response to a request of which nothing more can be received. */
    WebhookResponse handle(ServletWebhookRequest request, ReceivedBody body) throws IOException {
        if (!body.isCutShort()) {
            return webhook.handle(request.with(body.stream()));
        }
        RebuiltForm form = RebuiltForm.of(request.request(), request.query());
        if (!form.isEmpty()) {
            return webhook.handle(request.with(form));
        }
        Optional<WebhookResponse> rejection = webhook.rejection(request);
        return rejection.isPresent() ? rejection.get() : readInFront(request, body);
    }

    private WebhookResponse readInFront(ServletWebhookRequest request, ReceivedBody body) {
        if (warned.compareAndSet(false, true)) {
            log.warn(
                    "Rejected a request: {}, {} left: a filter in front of hangupby has read the body. Let this filter pass requests to "
                            + "hangupby's path by, or let it pass on a request whose body can be read again. Logged once.",
                    request.announcedLength() < 0
                            ? "it has a body"
                            : "Content-Length says " + request.announcedLength() + " bytes",
                    body.count() == 0 ? "none is" : "only " + body.count() + " are");
        }
        return webhook.forSender(request, WebhookResponse.READ_IN_FRONT);
    }
}
