package io.hangupby.simulator.events;

/**
 * The result of one attempt to deliver. Immutable.
 *
 * @param status the HTTP status, or a negative number if there was no response
 */
record AttemptResult(int status) {

    static final AttemptResult NO_CONNECTION = new AttemptResult(-1);
    static final AttemptResult NO_RESPONSE = new AttemptResult(-2);

    /** A receiver in place of an address returned. */
    static final AttemptResult TAKEN = new AttemptResult(204);

    /** A receiver in place of an address threw. */
    static final AttemptResult RECEIVER_FAILED = new AttemptResult(500);

    boolean hasResponse() {
        return status > 0;
    }

    boolean failed() {
        return !hasResponse() || status >= 300;
    }

    /** Returns the retry policy of Twilio's connection overrides that covers this result. */
    String policy() {
        if (this.equals(NO_CONNECTION)) {
            return "ct";
        }
        if (this.equals(NO_RESPONSE)) {
            return "rt";
        }
        return status / 100 + "xx";
    }
}
