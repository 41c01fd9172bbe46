package io.hangupby.internal.twilio;

/** A response of Twilio's lacks what Twilio always sends. Its problem quotes nothing of the response. */
final class InvalidResponseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String problem;

    InvalidResponseException(String problem) {
        super(problem, null, false, false);
        this.problem = problem;
    }

    String problem() {
        return problem;
    }
}
