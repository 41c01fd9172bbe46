package io.hangupby.servlet;

import io.hangupby.webhook.WebhookHandler;
import io.hangupby.webhook.WebhookResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Receives a body that is still on its way, holding a thread only while there is something to read, and then has the request
 * answered. The container calls it from one thread at a time, but for the deadline.
 */
final class BodyReceiver implements ReadListener, AsyncListener {
    private static final int DISCARDED_AT_ONCE = 8 * 1024;

    private final WebhookHandler webhook;
    private final Optional<WebhookResponse> refusal;
    private final HttpServletRequest request;
    private final AsyncContext exchange;
    private final ServletInputStream in;
    private final ReceivedBody body;
    private final AtomicBoolean answered = new AtomicBoolean();

    private BodyReceiver(
            WebhookHandler webhook,
            Optional<WebhookResponse> refusal,
            HttpServletRequest request,
            AsyncContext exchange,
            ServletInputStream in,
            ReceivedBody body) {
        this.webhook = webhook;
        this.refusal = refusal;
        this.request = request;
        this.exchange = exchange;
        this.in = in;
        this.body = body;
    }

    /**
     * Begins to receive.
     *
     * @param refusal the answer, where it does not depend on the body: then nothing of it is kept, but it is received, for some
     *     containers would else wait for the rest of it themselves, holding a thread
     * @param body what has been received already
     */
    static void begin(
            WebhookHandler webhook,
            Optional<WebhookResponse> refusal,
            HttpServletRequest request,
            ReceivedBody body,
            HttpServletResponse response,
            Duration deadline)
            throws IOException {
        ServletInputStream in = request.getInputStream();
        AsyncContext exchange = request.startAsync(request, response);
        BodyReceiver receiver = new BodyReceiver(webhook, refusal, request, exchange, in, body);
        exchange.setTimeout(deadline.toMillis());
        exchange.addListener(receiver);
        in.setReadListener(receiver);
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] discarded = new byte[refusal.isPresent() ? DISCARDED_AT_ONCE : 0];
        while (!answered.get() && in.isReady()) {
            boolean more = refusal.isPresent() ? in.read(discarded) >= 0 : body.read(in);
            if (!more) {
                return;
            }
            if (body.isTooLarge()) {
                answerReceived();
            }
        }
    }

    @Override
    public void onAllDataRead() throws IOException {
        answerReceived();
    }

    private void answerReceived() throws IOException {
        answer(
                refusal.isPresent()
                        ? refusal.get()
                        : webhook.handle(new ServletWebhookRequest(request).with(body.stream())));
    }

    @Override
    public void onError(Throwable brokenOff) {
        tryToAnswer(WebhookResponse.BROKEN_OFF);
    }

    @Override
    public void onTimeout(AsyncEvent tooLate) {
        tryToAnswer(WebhookResponse.TOO_SLOW);
    }

    @Override
    public void onError(AsyncEvent failed) {
        tryToAnswer(WebhookResponse.BROKEN_OFF);
    }

    private void tryToAnswer(WebhookResponse answer) {
        try {
            answer(answer);
        } catch (IOException nobodyThere) {
            // Whoever did not send the body does not wait for the answer either.
            exchange.complete();
        }
    }

    private void answer(WebhookResponse answer) throws IOException {
        if (answered.compareAndSet(false, true)) {
            Answers.send(answer, (HttpServletResponse) exchange.getResponse());
            exchange.complete();
        }
    }

    @Override
    public void onComplete(AsyncEvent done) {}

    @Override
    public void onStartAsync(AsyncEvent again) {}
}
