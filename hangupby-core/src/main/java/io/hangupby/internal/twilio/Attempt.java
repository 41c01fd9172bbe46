package io.hangupby.internal.twilio;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** An attempt of one HTTP request, or of several, page by page. Thread-safe, except for its room. */
final class Attempt {
    private static final ThreadLocal<Attempt> CURRENT = new ThreadLocal<>();

    private final ResponseBytes.Room room = ResponseBytes.OF_THIS_PROCESS.room();
    private String host = "Twilio";
    private Runnable cancel = () -> {};
    private boolean isGivenUp;

    /** Returns the attempt that the current thread makes, or a new attempt if it makes none. */
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
     * Notes that an HTTP request is about to be sent, and releases the bytes of the response before it.
     *
     * @param to the host
     * @param abort ends the request, from any thread
     * @throws UncheckedIOException if the attempt was given up
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

    /** Ends the request that is under way, and prevents further requests. */
    void giveUp() {
        Runnable abort;
        synchronized (this) {
            isGivenUp = true;
            abort = cancel;
        }
        abort.run();
    }

    /** Returns the host of the latest request. */
    synchronized String host() {
        return host;
    }

    /** Returns the room for the current response. */
    ResponseBytes.Room room() {
        return room;
    }
}
