package io.hangupby.servlet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Collects what is read of one callback's body, and has its event kept as soon as the body is complete. Nothing that goes wrong with us
 * comes out of here. Used by one thread at a time.
 */
final class BodyTap {
    private final ObservedCallback callback;
    private final CallbackObserver observer;
    private final ReceivedBody body;
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
        this.body = new ReceivedBody(callback.announcedLength());
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
                body.add(bytes, from, length);
            }
            // An end without anything before it can mean that the body was read elsewhere.
            if ((length < 0 && hasBegun()) || body.isComplete()) {
                deliver(body.stream(), body.count());
            }
        });
    }

    /** Takes the whole body in the shape of a form. */
    void form(byte[] form) throws IOException {
        deliver(new ByteArrayInputStream(form), form.length);
    }

    private void deliver(InputStream all, int length) throws IOException {
        done = true;
        observer.observe(callback.with(all, length));
    }

    /** Runs an observation, unless there is nothing more to observe. */
    void attempt(Observation observation) {
        if (!done) {
            try {
                observation.run();
            } catch (Throwable ours) {
                done = true;
                observer.fail(ours);
            }
        }
    }

    /** Gives the callback up. */
    void miss(String reason) {
        done = true;
        observer.miss(reason);
    }
}
