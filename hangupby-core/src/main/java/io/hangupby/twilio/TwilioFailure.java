package io.hangupby.twilio;

import java.time.Duration;
import java.util.Optional;

/**
 * A request to Twilio that brought no answer. Its message names the request, the SID and what went wrong, and never
 * contains a secret, a body or a number.
 */
public final class TwilioFailure extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final String AGAIN = "worth another try";

    /** What went wrong, and so what may be done about it. */
    public enum Kind {
        /** HTTP 429: not processed, to be tried again later. */
        THROTTLED(true, false, AGAIN),
        /** HTTP 5xx. */
        UNAVAILABLE(true, true, AGAIN),
        /** No connection, a connection that broke off, or no answer in time. */
        UNREACHABLE(true, true, AGAIN),
        /** An answer that is not what Twilio's API answers. */
        INVALID_RESPONSE(true, true, AGAIN),
        /** HTTP 404 for what has to be there, if only as an empty list. */
        NOT_FOUND(true, false, "worth another try if the workspace is this account's"),
        /** Not sent, because of the failures before it. */
        NOT_SENT(true, false, "not sent"),
        /** HTTP 401 or 403: the credentials are wrong, or not good enough. All requests fail until somebody mends that. */
        UNAUTHORIZED(true, false, "tried again until that is mended"),
        /** Any other HTTP 4xx: the request itself is refused. */
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
     * @param kind what went wrong
     * @param request which request, with its SID: {@code read of task WT…}
     * @param problem what went wrong, in words
     * @param retryAfter how long Twilio asks to wait
     */
    public TwilioFailure(Kind kind, String request, String problem, Optional<Duration> retryAfter) {
        super(request + " failed: " + problem + "; " + kind.advice);
        this.kind = kind;
        this.request = request;
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }

    /** Which request, with its SID. */
    public String request() {
        return request;
    }

    /** What went wrong, in words. */
    public String problem() {
        return problem;
    }

    /** Says whether the same request can succeed later. */
    public boolean isRetryable() {
        return kind.retryable;
    }

    /** Says whether an update may have taken effect all the same, so that it has to be read back first. */
    public boolean mayHaveBeenApplied() {
        return kind.mayHaveBeenApplied;
    }

    /** How long Twilio asks to wait before the next attempt. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
