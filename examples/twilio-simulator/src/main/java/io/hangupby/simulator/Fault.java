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

    /** 500. */
    public static Fault serverError() {
        return of(Kind.SERVER_ERROR);
    }

    /** 503. */
    public static Fault unavailable() {
        return of(Kind.UNAVAILABLE);
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
        TOO_MANY_REQUESTS,
        SERVER_ERROR,
        UNAVAILABLE,
        RESET,
        SLOW,
        APPLIED_THEN_RESET,
        APPLIED_THEN_SERVER_ERROR,
        HTML,
        TRUNCATED
    }
}
