package io.hangupby.twilio;

import java.time.Duration;
import java.util.Optional;

/**
 * Thrown when a request to Twilio fails. The message names the request, the SID and the problem. It never contains a
 * secret, a body or a telephone number.
 */
public final class TwilioFailure extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final String AGAIN = "worth another try";

    /** The kind of failure, which decides whether the request is retried. */
    public enum Kind {
        /** HTTP 429: Twilio did not process the request. It can be retried later. */
        THROTTLED(true, false, AGAIN),
        /** HTTP 5xx. */
        UNAVAILABLE(true, true, AGAIN),
        /** No connection, a broken connection, or no response in time. */
        UNREACHABLE(true, true, AGAIN),
        /** A response that Twilio's API does not send. */
        INVALID_RESPONSE(true, true, AGAIN),
        /** HTTP 404 for a resource that always exists, such as a list. */
        NOT_FOUND(true, false, "worth another try if the workspace is this account's"),
        /** Not sent, because the circuit is open after earlier failures. */
        NOT_SENT(true, false, "not sent"),
        /**
         * HTTP 401 or 403: the credentials are wrong, or they lack a permission. All requests fail until that is
         * corrected.
         */
        UNAUTHORIZED(true, false, "tried again until that is mended"),
        /** Any other HTTP 4xx: Twilio does not accept the request. */
        BAD_REQUEST(false, false, "not tried again");

        private final boolean retryable;
        private final boolean mayHaveBeenApplied;
        private final String advice;

        Kind(boolean retryable, boolean mayHaveBeenApplied, String advice) {
            this.retryable = retryable;
            this.mayHaveBeenApplied = mayHaveBeenApplied;
            this.advice = advice;
        }
    }

    private final Kind kind;
    private final String request;
    private final String problem;
    private final transient Optional<Duration> retryAfter;

    /**
     * @param kind the kind of failure
     * @param request the request with its SID, such as {@code read of task WT…}
     * @param problem the problem, for people
     * @param retryAfter the wait that Twilio asks for, if any
     */
    public TwilioFailure(Kind kind, String request, String problem, Optional<Duration> retryAfter) {
        super(request + " failed: " + problem + "; " + kind.advice);
        this.kind = kind;
        this.request = request;
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /** Returns the kind of failure. */
    public Kind kind() {
        return kind;
    }

    /** Returns the request with its SID. */
    public String request() {
        return request;
    }

    /** Returns the problem, for people. */
    public String problem() {
        return problem;
    }

    /** Returns whether the same request can succeed later. */
    public boolean isRetryable() {
        return kind.retryable;
    }

    /** Returns whether the update may have taken effect, so that the task must be read before a retry. */
    public boolean mayHaveBeenApplied() {
        return kind.mayHaveBeenApplied;
    }

    /** Returns the wait that Twilio asks for before the next attempt, if any. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
