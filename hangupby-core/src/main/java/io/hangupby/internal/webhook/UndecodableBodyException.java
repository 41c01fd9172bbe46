package io.hangupby.internal.webhook;

/**
 * Thrown for a body that cannot be read. The reason can go into a response and a log: it names the problem and its position,
 * and quotes nothing of the body.
 */
final class UndecodableBodyException extends Exception {

    private static final long serialVersionUID = 1L;

    UndecodableBodyException(String reason) {
        // Anybody can send such a body, so the exception must be cheap: it has no stack trace.
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
