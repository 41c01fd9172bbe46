package io.hangupby.internal.twilio;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** One attempt under way, with one HTTP request or, page by page, several. Thread-safe but for its room. */
final class Attempt {
    private static final ThreadLocal<Attempt> CURRENT = new ThreadLocal<>();

    private final ResponseBytes.Room room = ResponseBytes.OF_THIS_PROCESS.room();
    private String host = "Twilio";
    private Runnable cancel = () -> {};
    private boolean isGivenUp;

    /** Returns the attempt that the current thread makes; where there is none, a new one. */
    static Attempt current() {
        Attempt current = CURRENT.get();
        return current == null ? new Attempt() : current;
    }

    /** Makes this attempt on the current thread. */
    <T> T make(Supplier<T> work) {
        CURRENT.set(this);
        try {
            return work.get();
        } finally {
            CURRENT.remove();
            room.close();
        }
    }

    /**
     * An HTTP request is about to be sent; what the one before it brought is used up.
     *
     * @param to the host
     * @param abort ends the request, from any thread
     */
    void sends(String to, Runnable abort) {
        room.close();
        synchronized (this) {
            if (isGivenUp) {
                throw new UncheckedIOException(new InterruptedIOException());
            }
            host = to;
            cancel = abort;
        }
    }

    /** Ends the request that is under way, and lets no other one be sent. */
    void giveUp() {
        Runnable abort;
        synchronized (this) {
            isGivenUp = true;
            abort = cancel;
        }
        abort.run();
    }

    /** Returns which host was asked last. */
    synchronized String host() {
        return host;
    }

    /** Returns the room for the present response. */
    ResponseBytes.Room room() {
        return room;
    }
}
