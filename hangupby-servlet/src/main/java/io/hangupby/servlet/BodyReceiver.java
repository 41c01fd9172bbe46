package io.hangupby.servlet;

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
 * Receives a body asynchronously and then sends the response. Holds a thread only while there is something to read. The container
 * calls this class from one thread at a time, except for the deadline.
 */
final class BodyReceiver implements ReadListener, AsyncListener {
    private final ReceivedBodies bodies;
    private final ServletWebhookRequest arriving;
    private final AsyncContext exchange;
    private final ServletInputStream in;
    private final ReceivedBody body;
    private final BodyBudget.Room room;
    private final AtomicBoolean responded = new AtomicBoolean();

    private BodyReceiver(
            ReceivedBodies bodies,
            ServletWebhookRequest arriving,
            AsyncContext exchange,
            ServletInputStream in,
            ReceivedBody body,
            BodyBudget.Room room) {
        this.bodies = bodies;
        this.arriving = arriving;
        this.exchange = exchange;
        this.in = in;
        this.body = body;
        this.room = room;
    }

    /**
     * Starts to receive a body.
     *
     * @param body the part that has been received already
     * @param room released when the request ends, or if the receiver cannot start
     */
    static void start(
            ReceivedBodies bodies,
            ServletWebhookRequest arriving,
            ReceivedBody body,
            BodyBudget.Room room,
            HttpServletResponse response,
            Duration deadline)
            throws IOException {
        boolean started = false;
        try {
            HttpServletRequest request = arriving.request();
            ServletInputStream in = request.getInputStream();
            AsyncContext exchange = request.startAsync(request, response);
            BodyReceiver receiver = new BodyReceiver(bodies, arriving, exchange, in, body, room);
            exchange.setTimeout(deadline.toMillis());
            exchange.addListener(receiver);
            in.setReadListener(receiver);
            room.canBeGivenUp(receiver::giveUp);
            started = true;
        } finally {
            if (!started) {
                room.release();
            }
        }
    }

    /** Rejects this request in favour of another request, in the thread of the other request. */
    private void giveUp() {
        try {
            respondAndClose(WebhookResponse.TOO_SLOW);
        } catch (IllegalStateException isOver) {
            // The container has ended the request meanwhile.
        }
    }

    @Override
    public void onDataAvailable() throws IOException {
        while (!responded.get() && in.isReady()) {
            if (!body.read(in)) {
                return;
            }
            if (!room.fits(body.count())) {
                respondAndClose(WebhookResponse.TOO_MANY_BODIES);
            } else if (body.isTooLarge()) {
                respond();
            }
        }
    }

    @Override
    public void onAllDataRead() throws IOException {
        respond();
    }

    private void respond() throws IOException {
        room.hasArrived();
        WebhookResponse result = bodies.handle(arriving, body);
        if (body.isTooLarge()) {
            respondAndClose(result);
        } else {
            send(response -> ServletResponses.send(result, response));
        }
    }

    @Override
    public void onError(Throwable brokenOff) {
        respondAndClose(WebhookResponse.BROKEN_OFF);
    }

    @Override
    public void onTimeout(AsyncEvent tooLate) {
        respondAndClose(WebhookResponse.TOO_SLOW);
    }

    @Override
    public void onError(AsyncEvent failed) {
        respondAndClose(WebhookResponse.BROKEN_OFF);
    }

    private void respondAndClose(WebhookResponse result) {
        WebhookResponse last = bodies.webhook().forSender(arriving, result);
        send(response -> ServletResponses.sendLast(last, arriving.request(), response));
    }

    private void send(Sending sending) {
        if (!responded.compareAndSet(false, true)) {
            return;
        }
        try {
            sending.send((HttpServletResponse) exchange.getResponse());
        } catch (IOException disconnected) {
            // The sender has disconnected, so no response is needed.
        } finally {
            room.release();
            exchange.complete();
        }
    }

    private interface Sending {
        void send(HttpServletResponse response) throws IOException;
    }

    /** The container also calls this method when it ends a request by itself, for example during a shutdown. */
    @Override
    public void onComplete(AsyncEvent done) {
        room.release();
    }

    @Override
    public void onStartAsync(AsyncEvent again) {}
}
