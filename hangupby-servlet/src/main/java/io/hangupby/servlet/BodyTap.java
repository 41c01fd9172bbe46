package io.hangupby.servlet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Collects what is read of one callback by whom it was sent to, and tells of it once it is all there. Nothing that goes wrong
 * with us comes out of here. Used by one thread at a time.
 */
final class BodyTap {
    private final ObservedCallback callback;
    private final CallbackObserver observer;
    private final ReceivedBody body;
    private volatile boolean over;

    /** Finds out what else there is to hear. */
    interface Look {
        void begin() throws IOException;
    }

    /**
     * @param callback as it came in, without its body
     */
    BodyTap(ObservedCallback callback, CallbackObserver observer) {
        this.callback = callback;
        this.observer = observer;
        this.body = new ReceivedBody(callback.announcedLength());
    }

    /** Says whether there is nothing more to hear. */
    boolean isOver() {
        return over;
    }

    /** Says whether the body was read as it came, as far as we know. */
    boolean hasBegun() {
        return body.count() > 0;
    }

    ObservedCallback callback() {
        return callback;
    }

    /** So much of the body was read, or its end if the length is negative. */
    void read(byte[] bytes, int from, int length) {
        attempt(() -> {
            if (length > 0) {
                body.add(bytes, from, length);
            }
            // An end without anything before it can mean that the body was read elsewhere.
            if ((length < 0 && hasBegun()) || body.isComplete()) {
                tell(body.stream(), body.count());
            }
        });
    }

    /** The body was read, and is this form. */
    void form(byte[] form) throws IOException {
        tell(new ByteArrayInputStream(form), form.length);
    }

    private void tell(InputStream all, int length) throws IOException {
        over = true;
        observer.hear(callback.with(all, length));
    }

    /** Takes a look, unless there is nothing more to hear. */
    void attempt(Look look) {
        if (!over) {
            try {
                look.begin();
            } catch (Throwable ours) {
                over = true;
                observer.fail(ours);
            }
        }
    }

    /** There is nothing more to come. */
    void miss(String reason) {
        over = true;
        observer.miss(reason);
    }
}
