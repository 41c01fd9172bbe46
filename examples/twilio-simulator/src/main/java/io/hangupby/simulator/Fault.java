package io.hangupby.simulator;

import java.time.Duration;

/** Something that goes wrong with an API call. Immutable. */
public final class Fault {

    private final Kind kind;
    private final Duration duration;

    private Fault(Kind kind, Duration duration) {
        this.kind = kind;
        this.duration = duration;
    }

    private static Fault of(Kind kind) {
        return new Fault(kind, Duration.ZERO);
    }

    /** 429 with a {@code Retry-After} header, in whole seconds. */
    public static Fault tooManyRequests(Duration retryAfter) {
        return new Fault(Kind.TOO_MANY_REQUESTS, retryAfter);
    }

    /** 429 that does not say when to come back. */
    public static Fault tooManyRequests() {
        return of(Kind.TOO_MANY_REQUESTS);
    }

    /** 400 with the code for a request that is not valid, or not in this state of its resource. */
    public static Fault badRequest() {
        return of(Kind.BAD_REQUEST);
    }

    /** 401: the credentials are refused. */
    public static Fault unauthorized() {
        return of(Kind.UNAUTHORIZED);
    }

    /** 403: the credentials are not good enough for this. */
    public static Fault forbidden() {
        return of(Kind.FORBIDDEN);
    }

    /** 404. */
    public static Fault notFound() {
        return of(Kind.NOT_FOUND);
    }

    /** 412, as if somebody else had changed the task just before. */
    public static Fault changedMeanwhile() {
        return of(Kind.CHANGED_MEANWHILE);
    }

    /** None: the call is answered as it should be. Stands between faults that do not come one after the other. */
    public static Fault none() {
        return of(Kind.NONE);
    }

    /** 500. */
    public static Fault serverError() {
        return of(Kind.SERVER_ERROR);
    }

    /** 503. */
    public static Fault unavailable() {
        return of(Kind.UNAVAILABLE);
    }

    /** 503 with a page of HTML. */
    public static Fault unavailableHtml() {
        return of(Kind.UNAVAILABLE_HTML);
    }

    /** There is no answer for as long as anybody waits, and no effect. */
    public static Fault noAnswer() {
        return of(Kind.NO_ANSWER);
    }

    /** The request takes effect, and there is no answer for as long as anybody waits. */
    public static Fault appliedThenNoAnswer() {
        return of(Kind.APPLIED_THEN_NO_ANSWER);
    }

    /** The connection is reset before the request takes effect. */
    public static Fault reset() {
        return of(Kind.RESET);
    }

    /** The right answer, but late. */
    public static Fault slow(Duration delay) {
        return new Fault(Kind.SLOW, delay);
    }

    /** The request takes effect, then the connection is reset. */
    public static Fault appliedThenReset() {
        return of(Kind.APPLIED_THEN_RESET);
    }

    /** The request takes effect, then 500 is answered. */
    public static Fault appliedThenServerError() {
        return of(Kind.APPLIED_THEN_SERVER_ERROR);
    }

    /** 200 with a page of HTML. */
    public static Fault html() {
        return of(Kind.HTML);
    }

    /** Half of the right answer, then the connection is closed. */
    public static Fault truncated() {
        return of(Kind.TRUNCATED);
    }

    Kind kind() {
        return kind;
    }

    Duration duration() {
        return duration;
    }

    @Override
    public String toString() {
        return kind + (duration.isZero() ? "" : " " + duration);
    }

    enum Kind {
        NONE,
        TOO_MANY_REQUESTS,
        BAD_REQUEST,
        UNAUTHORIZED,
        FORBIDDEN,
        NOT_FOUND,
        CHANGED_MEANWHILE,
        SERVER_ERROR,
        UNAVAILABLE,
        UNAVAILABLE_HTML,
        NO_ANSWER,
        APPLIED_THEN_NO_ANSWER,
        RESET,
        SLOW,
        APPLIED_THEN_RESET,
        APPLIED_THEN_SERVER_ERROR,
        HTML,
        TRUNCATED
    }
}
