package io.hangupby.journal;

/** The journal cannot keep an event now; the same event may be kept later. */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * @param message what is wrong, and what helps
     */
    public JournalException(String message) {
        super(message);
    }
}
