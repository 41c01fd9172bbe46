package io.hangupby.simulator.rest;

import java.time.Duration;

/** A failure of an API call. Immutable. */
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

    /** Returns a 429 response with a {@code Retry-After} header, in whole seconds. */
    public static Fault tooManyRequests(Duration retryAfter) {
        return new Fault(Kind.TOO_MANY_REQUESTS, retryAfter);
    }

    /** Returns a 429 response without a {@code Retry-After} header. */
    public static Fault tooManyRequests() {
        return of(Kind.TOO_MANY_REQUESTS);
    }

    /** Returns a 400 response with the code for an invalid request. */
    public static Fault badRequest() {
        return of(Kind.BAD_REQUEST);
    }

    /** Returns a 401 response: the credentials are rejected. */
    public static Fault unauthorized() {
        return of(Kind.UNAUTHORIZED);
    }

    /** Returns a 403 response: the credentials do not permit the request. */
    public static Fault forbidden() {
        return of(Kind.FORBIDDEN);
    }

    /** Returns a 404 response. */
    public static Fault notFound() {
        return of(Kind.NOT_FOUND);
    }

    /** Returns a 412 response, as if another writer had just changed the task. */
    public static Fault changedMeanwhile() {
        return of(Kind.CHANGED_MEANWHILE);
    }

    /** Returns no fault: the call succeeds. Use it between two faults to let a call through. */
    public static Fault none() {
        return of(Kind.NONE);
    }

    /** Returns a 500 response. */
    public static Fault serverError() {
        return of(Kind.SERVER_ERROR);
    }

    /** Returns a 503 response. */
    public static Fault unavailable() {
        return of(Kind.UNAVAILABLE);
    }

    /** Returns a 503 response with an HTML page. */
    public static Fault unavailableHtml() {
        return of(Kind.UNAVAILABLE_HTML);
    }

    /** Sends no response within any client's timeout; the request does not take effect. */
    public static Fault noResponse() {
        return of(Kind.NO_RESPONSE);
    }

    /** Sends no response within any client's timeout, although the request takes effect. */
    public static Fault appliedThenNoResponse() {
        return of(Kind.APPLIED_THEN_NO_RESPONSE);
    }

    /** Resets the connection before the request takes effect. */
    public static Fault reset() {
        return of(Kind.RESET);
    }

    /** Sends the correct response after a delay. */
    public static Fault slow(Duration delay) {
        return new Fault(Kind.SLOW, delay);
    }

    /** Lets the request take effect at once, and sends the correct response after a delay. */
    public static Fault appliedThenSlow(Duration delay) {
        return new Fault(Kind.APPLIED_THEN_SLOW, delay);
    }

    /** Resets the connection after the request took effect. */
    public static Fault appliedThenReset() {
        return of(Kind.APPLIED_THEN_RESET);
    }

    /** Returns a 500 response after the request took effect. */
    public static Fault appliedThenServerError() {
        return of(Kind.APPLIED_THEN_SERVER_ERROR);
    }

    /** Returns a 200 response with an HTML page. */
    public static Fault html() {
        return of(Kind.HTML);
    }

    /** Sends half of the correct response and closes the connection. */
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
        NO_RESPONSE,
        APPLIED_THEN_NO_RESPONSE,
        RESET,
        SLOW,
        APPLIED_THEN_SLOW,
        APPLIED_THEN_RESET,
        APPLIED_THEN_SERVER_ERROR,
        HTML,
        TRUNCATED
    }
}
