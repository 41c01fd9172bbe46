package io.hangupby.servlet;

import io.hangupby.webhook.WebhookHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Collects what is read of one callback's body, and has its event kept as soon as the body is complete. Nothing that goes wrong with us
 * comes out of here. It keeps no more than a callback can have, and nothing once it is done. Used by one thread at a time.
 */
final class BodyTap {
    private final ObservedCallback callback;
    private final CallbackObserver observer;
    private final ReceivedBody body;
    private int taken;
    private volatile boolean done;

    /** Observes something of the body. */
    interface Observation {
        void run() throws IOException;
    }

    /**
     * @param callback as it came in, without its body
     */
    BodyTap(ObservedCallback callback, CallbackObserver observer) {
        this.callback = callback;
        this.observer = observer;
        this.body = new ReceivedBody(callback.announcedLength(), WebhookHandler.maxBodyBytes(callback));
    }

    /** Returns whether there is nothing more to observe. */
    boolean isDone() {
        return done;
    }

    /** Returns whether some of the body was read, as far as we know. */
    boolean hasBegun() {
        return count() > 0;
    }

    /** Returns how many bytes of the body were read, as far as we know. */
    int count() {
        return body.count();
    }

    ObservedCallback callback() {
        return callback;
    }

    /** Takes what was read of the body, or its end if the length is negative. */
    void read(byte[] bytes, int from, int length) {
        attempt(() -> {
            if (length > 0) {
                keep(bytes, from, length);
            }
            // An end without anything before it can mean that the body was read elsewhere.
            if (!done && ((length < 0 && hasBegun()) || body.isComplete())) {
                deliver(body.stream(), body.count());
            }
        });
    }

    private void keep(byte[] bytes, int from, int length) {
        if (!hasRoomFor(body.count() + length)) {
            miss("there is no room for a copy of its body beside those of others that are being read");
            return;
        }
        body.add(bytes, from, length);
        if (body.isTooLarge()) {
            miss("its body is larger than a callback's");
        }
    }

    /** Takes room for the whole body once the copy is no longer small. */
    private boolean hasRoomFor(int count) {
        if (count <= CopyBudget.FREE_BYTES || taken > 0) {
            return true;
        }
        boolean fits = observer.copies().take(body.expectedBytes());
        taken = fits ? body.expectedBytes() : 0;
        return fits;
    }

    /** Takes the whole body in the shape of a form. */
    void form(byte[] form) throws IOException {
        deliver(new ByteArrayInputStream(form), form.length);
    }

    private void deliver(InputStream all, int length) throws IOException {
        done = true;
        try {
            observer.observe(callback.with(all, length));
        } finally {
            forget();
        }
    }

    private void forget() {
        body.forget();
        observer.copies().giveBack(taken);
        taken = 0;
    }

    /** Runs an observation, unless there is nothing more to observe. */
    void attempt(Observation observation) {
        if (!done) {
            try {
                observation.run();
            } catch (Throwable ours) {
                done = true;
                forget();
                observer.fail(ours);
            }
        }
    }

    /** Gives the callback up. */
    void miss(String reason) {
        done = true;
        forget();
        observer.miss(reason);
    }
}
