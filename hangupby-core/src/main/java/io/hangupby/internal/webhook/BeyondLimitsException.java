package io.hangupby.internal.webhook;

/** Thrown while reading an event that exceeds the limits. The reason quotes nothing of the event. */
final class BeyondLimitsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BeyondLimitsException(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
