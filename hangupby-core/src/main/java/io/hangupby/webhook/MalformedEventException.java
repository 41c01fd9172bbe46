package io.hangupby.webhook;

/** What was handed in is no event that can be read, and never will be. The message says why, and nothing of what it says. */
public final class MalformedEventException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    MalformedEventException(String reason) {
        super(reason);
    }
}
