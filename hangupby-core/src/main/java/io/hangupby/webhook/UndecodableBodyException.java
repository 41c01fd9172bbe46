package io.hangupby.webhook;

/**
 * Says in one line why a body cannot be read. The line is fit for an answer and a log: it names the problem and where
 * it is, never what the body says.
 */
final class UndecodableBodyException extends Exception {

    private static final long serialVersionUID = 1L;

    UndecodableBodyException(String reason) {
        // Anybody can send such a body, so it must cost little; and the reason says more than a stack trace would.
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
