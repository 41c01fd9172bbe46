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
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Receives a body that is still on its way, holding a thread only while there is something to read, and then has the request
 * answered. The container calls it from one thread at a time, but for the deadline.
 */
final class BodyReceiver implements ReadListener, AsyncListener {
    private final WebhookHandler webhook;
    private final HttpServletRequest request;
    private final AsyncContext exchange;
    private final ServletInputStream in;
    private final ReceivedBody body;
    private final BodyBudget.Room room;
    private final AtomicBoolean answered = new AtomicBoolean();

    private BodyReceiver(
            WebhookHandler webhook,
            HttpServletRequest request,
            AsyncContext exchange,
            ServletInputStream in,
            ReceivedBody body,
            BodyBudget.Room room) {
        this.webhook = webhook;
        this.request = request;
        this.exchange = exchange;
        this.in = in;
        this.body = body;
        this.room = room;
    }

    /**
     * Begins to receive.
     *
     * @param body what has been received already
     * @param room released once the request is over, however it ends, or if it cannot begin
     */
    static void begin(
            WebhookHandler webhook,
            HttpServletRequest request,
            ReceivedBody body,
            BodyBudget.Room room,
            HttpServletResponse response,
            Duration deadline)
            throws IOException {
        boolean begun = false;
        try {
            ServletInputStream in = request.getInputStream();
            AsyncContext exchange = request.startAsync(request, response);
            BodyReceiver receiver = new BodyReceiver(webhook, request, exchange, in, body, room);
            exchange.setTimeout(deadline.toMillis());
            exchange.addListener(receiver);
            in.setReadListener(receiver);
            room.canBeGivenUp(receiver::giveUp);
            begun = true;
        } finally {
            if (!begun) {
                room.release();
            }
        }
    }

    /** Makes place for another request, in its thread. */
    private void giveUp() {
        try {
            answerLast(WebhookResponse.TOO_SLOW);
        } catch (IllegalStateException isOver) {
            // The container has given it up meanwhile.
        }
    }

    @Override
    public void onDataAvailable() throws IOException {
        while (!answered.get() && in.isReady()) {
            if (!body.read(in)) {
                return;
            }
            if (!room.fits(body.count())) {
                answerLast(WebhookResponse.TOO_MANY_BODIES);
            } else if (body.isTooLarge()) {
                answerReceived();
            }
        }
    }

    @Override
    public void onAllDataRead() throws IOException {
        answerReceived();
    }

    private void answerReceived() throws IOException {
        room.hasArrived();
        WebhookResponse answer = webhook.handle(new ServletWebhookRequest(request).with(body.stream()));
        if (body.isTooLarge()) {
            answerLast(answer);
        } else {
            answer(response -> Answers.send(answer, response));
        }
    }

    @Override
    public void onError(Throwable brokenOff) {
        answerLast(WebhookResponse.BROKEN_OFF);
    }

    @Override
    public void onTimeout(AsyncEvent tooLate) {
        answerLast(WebhookResponse.TOO_SLOW);
    }

    @Override
    public void onError(AsyncEvent failed) {
        answerLast(WebhookResponse.BROKEN_OFF);
    }

    private void answerLast(WebhookResponse answer) {
        answer(response -> Answers.sendLast(answer, request, response));
    }

    private void answer(Sending sending) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        try {
            sending.send((HttpServletResponse) exchange.getResponse());
        } catch (IOException nobodyThere) {
            // Whoever did not send the body does not wait for the answer either.
        } finally {
            room.release();
            exchange.complete();
        }
    }

    private interface Sending {
        void send(HttpServletResponse response) throws IOException;
    }

    /** Comes too where a container gives a request up by itself, as when it is shut down. */
    @Override
    public void onComplete(AsyncEvent done) {
        room.release();
    }

    @Override
    public void onStartAsync(AsyncEvent again) {}
}
