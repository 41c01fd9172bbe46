package io.hangupby.servlet;

import java.io.IOException;
import java.util.Optional;

/**
 * Copies what the handler reads of one callback's body, and has the event recorded as soon as the body is complete. Lets no failure of
 * hangupby reach the handler. Holds at most the maximum size of a callback, and nothing once it is done. Used by one thread at a time.
 */
final class BodyTap {
    private final ObservedCallback callback;
    private final CallbackObserver observer;
    private final ReceivedBody body;
    private int reserved;
    private volatile boolean done;

    /** A step of the observation. */
    interface Observation {
        void run() throws IOException;
    }

    /**
     * @param callback the callback without its body
     */
    BodyTap(ObservedCallback callback, CallbackObserver observer) {
        this.callback = callback;
        this.observer = observer;
        this.body = new ReceivedBody(callback.announcedLength(), observer.maxBodyBytes(callback));
    }

    /** Returns whether there is nothing more to observe. */
    boolean isDone() {
        return done;
    }

    /** Returns whether a part of the body is known to have been read. */
    boolean hasBegun() {
        return count() > 0;
    }

    /** Returns how many bytes of the body are known to have been read. */
    int count() {
        return body.count();
    }

    ObservedCallback callback() {
        return callback;
    }

    /** Copies a part of the body that was read. A negative length means the end of the body. */
    void read(byte[] bytes, int from, int length) {
        attempt(() -> {
            if (length > 0) {
                keep(bytes, from, length);
            }
            // An end without preceding bytes can mean that the body was read elsewhere.
            if (!done && ((length < 0 && hasBegun()) || body.isComplete())) {
                deliver(callback.with(body.stream(), body.count(), Optional.empty()));
            }
        });
    }

    private void keep(byte[] bytes, int from, int length) {
        if (!hasRoomFor(body.count() + length)) {
            miss("the copies of other bodies leave no room for its body");
            return;
        }
        body.add(bytes, from, length);
        if (body.isTooLarge()) {
            miss("its body is larger than a callback's");
        }
    }

    /** Reserves room for the whole body once the copy is no longer small. */
    private boolean hasRoomFor(int count) {
        if (count <= CopyBudget.FREE_BYTES || reserved > 0) {
            return true;
        }
        boolean fits = observer.copies().take(body.expectedBytes());
        reserved = fits ? body.expectedBytes() : 0;
        return fits;
    }

    /** Records the event of a whole body that was parsed as a form. */
    void form(RebuiltForm form) throws IOException {
        deliver(callback.with(form.stream(), form.length(), form.other()));
    }

    private void deliver(ObservedCallback whole) throws IOException {
        done = true;
        try {
            observer.observe(whole);
        } finally {
            forget();
        }
    }

    private void forget() {
        body.forget();
        observer.copies().giveBack(reserved);
        reserved = 0;
    }

    /** Runs a step of the observation, unless the observation is done. */
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

    /** Stops the observation, and counts and logs the callback as missed. */
    void miss(String reason) {
        done = true;
        forget();
        observer.miss(reason);
    }
}
