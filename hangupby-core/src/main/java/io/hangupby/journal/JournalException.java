package io.hangupby.journal;

/** Thrown when the journal cannot store an event now. The caller can retry with the same event. */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message the problem and the remedy */
    public JournalException(String message) {
        super(message);
    }
}
