package io.hangupby.webhook;

/** Leaves the reading of an event which says more than is looked at; its reason shows nothing of it. */
final class BeyondLimitsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BeyondLimitsException(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
