package io.hangupby.webhook;

/** Thrown for an event that cannot be read, now or later. The message says why, and quotes nothing of the event. */
public final class MalformedEventException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /**
     * @param reason what is wrong, without a quotation of the event
     */
    public MalformedEventException(String reason) {
        super(reason);
    }
}
