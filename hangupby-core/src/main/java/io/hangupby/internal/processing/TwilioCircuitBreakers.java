package io.hangupby.internal.processing;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.hangupby.twilio.Reachability;
import io.hangupby.twilio.TwilioFailure;
import io.hangupby.twilio.TwilioFailure.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds requests back while the circuit is open: while Twilio is down, or does not accept the credentials. A request counts once,
 * with all its attempts. A request that failed before does not count again while others succeed. Knows how Twilio responded last.
 * Thread-safe.
 */
final class TwilioCircuitBreakers {
    private static final Logger log = LoggerFactory.getLogger(TwilioCircuitBreakers.class);

    private static final Duration OPEN_AFTER_OUTAGE = Duration.ofSeconds(5);
    private static final Duration OPEN_AFTER_UNAUTHORIZED = Duration.ofSeconds(5);
    private static final Duration OPEN_AT_MOST = Duration.ofMinutes(1);
    /** When a request that was held back tries the circuit again. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** A single response 401 or 403 among others is about the resource, and not about the credentials. */
    private static final int UNAUTHORIZED_IN_A_ROW = 3;

    /** Older failures, without a request since, say nothing about the present. */
    private static final Duration COUNTS_FOR = Duration.ofMinutes(2);

    /** The log has a line once a request failed this often with all its attempts. */
    private static final int LOGGED_AT = 3;

    private final Clock clock;
    private final FailingRequests failing;
    private final CircuitBreaker outage;
    private final CircuitBreaker credentials;
    private final AtomicBoolean isUnauthorizedLogged = new AtomicBoolean();
    private final AtomicBoolean isOutageLogged = new AtomicBoolean();
    private volatile LastResponse last;
    private volatile Instant lastOk = Instant.MIN;
    private volatile String lastProblem = "";

    TwilioCircuitBreakers(Clock clock) {
        this.clock = clock;
        this.failing = new FailingRequests(clock);
        this.last = new LastResponse(Reachability.UNTRIED, clock.instant(), clock.instant());
        this.outage = CircuitBreaker.of(
                "outage",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(50)
                        .minimumNumberOfCalls(20)
                        .failureRateThreshold(60)
                        .waitDurationInOpenState(OPEN_AFTER_OUTAGE)
                        .recordException(thrown -> reachability(thrown) == Reachability.UNREACHABLE)
                        .ignoreException(TwilioCircuitBreakers::isUnrelatedToOutage)
                        .clock(clock)
                        .build());
        this.credentials = CircuitBreaker.of(
                "credentials",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(UNAUTHORIZED_IN_A_ROW)
                        .minimumNumberOfCalls(UNAUTHORIZED_IN_A_ROW)
                        .failureRateThreshold(100)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitIntervalFunctionInOpenState(
                                IntervalFunction.ofExponentialBackoff(OPEN_AFTER_UNAUTHORIZED, 2, OPEN_AT_MOST))
                        .recordException(thrown -> reachability(thrown) == Reachability.UNAUTHORIZED)
                        .ignoreException(TwilioCircuitBreakers::isUnrelatedToCredentials)
                        .clock(clock)
                        .build());
    }

    /** Returns whether a request has failed before. */
    boolean isFailing(String request) {
        return failing.since(request).isPresent();
    }

    /** Returns whether all requests are let through. */
    boolean isClosed() {
        return outage.getState() == State.CLOSED && credentials.getState() == State.CLOSED;
    }

    /**
     * Sends a request with all its attempts.
     *
     * @param request the kind of request and its resource
     * @param attempts makes the attempts, each by {@link #attempt}
     * @throws TwilioFailure if the request fails, or is not sent
     */
    <T> T send(String request, Supplier<T> attempts) {
        try {
            T result = credentials.executeSupplier(() -> outage.executeSupplier(() -> counted(request, attempts)));
            failing.succeeded(request);
            responded(Reachability.OK);
            return result;
        } catch (CallNotPermittedException open) {
            String problem = open.getCausingCircuitBreakerName().equals(credentials.getName())
                    ? "Twilio does not accept the credentials"
                    : "too many requests to Twilio failed just before, the last one with: " + lastProblem;
            throw new TwilioFailure(Kind.NOT_SENT, request, problem, Optional.of(RETRY_AFTER));
        } catch (OwnFault fault) {
            failed(request, fault.failure);
            throw fault.failure;
        } catch (WrappedError wrapped) {
            throw wrapped.error;
        } catch (TwilioFailure failure) {
            failed(request, failure);
            throw failure;
        }
    }

    private <T> T counted(String request, Supplier<T> attempts) {
        try {
            return attempts.get();
        } catch (TwilioFailure failure) {
            throw isOwnFault(request, failure) ? new OwnFault(failure) : failure;
        } catch (Error error) {
            throw new WrappedError(error);
        }
    }

    /**
     * Returns whether a failure is about this request alone: the request failed before, and others have not failed since. While
     * the circuit is open, only a success in between proves that, because this request may be the trial.
     */
    private boolean isOwnFault(String request, TwilioFailure failure) {
        return reachability(failure) == Reachability.UNREACHABLE
                && failing.since(request)
                        .filter(since -> outage.getState() == State.CLOSED || lastOk.isAfter(since))
                        .isPresent();
    }

    /** Makes one attempt, and notes how Twilio responded before the request is complete. */
    <T> T attempt(Supplier<T> request) {
        try {
            T result = request.get();
            responded(Reachability.OK);
            return result;
        } catch (TwilioFailure failure) {
            Reachability how = reachability(failure);
            if (how == Reachability.UNREACHABLE) {
                logOutage(failure);
            }
            if (failure.kind() != Kind.NOT_SENT) {
                responded(how);
            }
            throw failure;
        }
    }

    /** Returns how Twilio responded last. */
    Reachability reachability() {
        return last.how();
    }

    /** Returns since when Twilio has responded like that. */
    Instant since() {
        return last.since();
    }

    /** Returns whether the circuit is open, because too many requests failed. */
    boolean circuitOpen() {
        boolean open = outage.getState() != State.CLOSED || credentials.getState() != State.CLOSED;
        return open && clock.instant().isBefore(last.at().plus(COUNTS_FOR));
    }

    private void failed(String request, TwilioFailure failure) {
        Reachability how = reachability(failure);
        if (how == Reachability.UNREACHABLE) {
            logOutage(failure);
            Instant since = failing.since(request).orElseGet(clock::instant);
            if (failing.failed(request) == LOGGED_AT) {
                log.warn(
                        "{}. This request has failed {} times in a row, each with all its attempts; its task is retried later{}",
                        failure.getMessage(),
                        LOGGED_AT,
                        lastOk.isAfter(since) ? ", and other tasks go on" : "");
            }
        }
        if (how == Reachability.OK) {
            failing.succeeded(request);
        }
        if (how == Reachability.UNAUTHORIZED
                && credentials.getState() != State.CLOSED
                && isUnauthorizedLogged.compareAndSet(false, true)) {
            log.error(
                    "Twilio does not accept the credentials, so nothing can be decided or written; work waits. {}",
                    failure.getMessage());
        }
    }

    /** Logs an outage: at the very first request, because its address can be wrong, and when the circuit opens. */
    private void logOutage(TwilioFailure failure) {
        lastProblem = failure.problem();
        boolean isNews = last.how() == Reachability.UNTRIED || outage.getState() != State.CLOSED;
        if (isNews && isOutageLogged.compareAndSet(false, true)) {
            log.warn(
                    "requests to Twilio fail; work waits, and goes on by itself. {}. If this lasts, check hangupby.twilio.* and the "
                            + "network",
                    failure.getMessage());
        }
    }

    private synchronized void responded(Reachability how) {
        Instant at = clock.instant();
        if (how == Reachability.OK) {
            lastOk = at;
        }
        last = new LastResponse(how, last.how() == how ? last.since() : at, at);
        if (how == Reachability.OK
                && credentials.getState() == State.CLOSED
                && isUnauthorizedLogged.compareAndSet(true, false)) {
            log.info("Twilio accepts the credentials again; work goes on");
        }
        if (how == Reachability.OK && outage.getState() == State.CLOSED && isOutageLogged.compareAndSet(true, false)) {
            log.info("Twilio responds again; work goes on");
        }
    }

    private static boolean isUnrelatedToOutage(Throwable thrown) {
        return reachability(thrown) == Reachability.UNTRIED;
    }

    private static boolean isUnrelatedToCredentials(Throwable thrown) {
        Reachability how = reachability(thrown);
        return how != Reachability.UNAUTHORIZED && how != Reachability.OK;
    }

    /**
     * Returns what a failure says about Twilio. HTTP 404 and other errors about the request itself show that Twilio understood
     * the request and accepts the credentials.
     */
    private static Reachability reachability(Throwable thrown) {
        return thrown instanceof TwilioFailure failure
                ? switch (failure.kind()) {
                    case THROTTLED -> Reachability.THROTTLED;
                    case UNAVAILABLE, UNREACHABLE, INVALID_RESPONSE -> Reachability.UNREACHABLE;
                    case UNAUTHORIZED -> Reachability.UNAUTHORIZED;
                    case NOT_FOUND, BAD_REQUEST -> Reachability.OK;
                    case NOT_SENT -> Reachability.UNTRIED;
                }
                : Reachability.UNTRIED;
    }

    /**
     * How Twilio responded.
     *
     * @param since since when it has responded like that
     * @param at when it responded last
     */
    private record LastResponse(Reachability how, Instant since, Instant at) {}

    /** A request that failed before fails again, while others succeed. */
    private static final class OwnFault extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient TwilioFailure failure;

        OwnFault(TwilioFailure failure) {
            super(failure.getMessage(), null, false, false);
            this.failure = failure;
        }
    }

    /** Carries an error past the circuit breakers, which return a permission only for exceptions. */
    private static final class WrappedError extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Error error;

        WrappedError(Error error) {
            super(error);
            this.error = error;
        }
    }
}
