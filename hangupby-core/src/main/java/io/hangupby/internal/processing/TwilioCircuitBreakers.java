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
 * Lets requests to Twilio through for as long as that is of use: not while Twilio is down, and only one from time to time while
 * it refuses our credentials. A request counts once, whatever the number of its attempts, and one that failed before does not
 * count again while others go well. Knows how Twilio answered last. Thread-safe.
 */
final class TwilioCircuitBreakers {
    private static final Logger log = LoggerFactory.getLogger(TwilioCircuitBreakers.class);

    private static final Duration AFTER_OUTAGE = Duration.ofSeconds(5);
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(5);
    private static final Duration AFTER_REFUSALS_AT_MOST = Duration.ofMinutes(1);
    /** Whoever is held back asks here again, and not at Twilio. */
    private static final Duration ASK_HERE_AGAIN_AFTER = Duration.ofSeconds(5);

    /** One refusal between answers is about what was asked for, and not about us. */
    private static final int REFUSALS_IN_A_ROW = 3;

    /** What failed longer ago, with no work since, says nothing about now. */
    private static final Duration COUNTS_FOR = Duration.ofMinutes(2);

    /** So often a request failed with all its attempts before the log has it. */
    private static final int TOLD_AT = 3;

    private final Clock clock;
    private final FailingRequests failing;
    private final CircuitBreaker outage;
    private final CircuitBreaker credentials;
    private final AtomicBoolean isLockedOut = new AtomicBoolean();
    private final AtomicBoolean isCutOff = new AtomicBoolean();
    private volatile Answered last;
    private volatile Instant lastOk = Instant.MIN;
    private volatile String lastProblem = "";

    TwilioCircuitBreakers(Clock clock) {
        this.clock = clock;
        this.failing = new FailingRequests(clock);
        this.last = new Answered(Reachability.UNTRIED, clock.instant(), clock.instant());
        this.outage = CircuitBreaker.of(
                "outage",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(50)
                        .minimumNumberOfCalls(20)
                        .failureRateThreshold(60)
                        .waitDurationInOpenState(AFTER_OUTAGE)
                        .recordException(thrown -> reachability(thrown) == Reachability.UNREACHABLE)
                        .ignoreException(TwilioCircuitBreakers::saysNothingOfTwilio)
                        .clock(clock)
                        .build());
        this.credentials = CircuitBreaker.of(
                "credentials",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(REFUSALS_IN_A_ROW)
                        .minimumNumberOfCalls(REFUSALS_IN_A_ROW)
                        .failureRateThreshold(100)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitIntervalFunctionInOpenState(
                                IntervalFunction.ofExponentialBackoff(AFTER_REFUSAL, 2, AFTER_REFUSALS_AT_MOST))
                        .recordException(thrown -> reachability(thrown) == Reachability.UNAUTHORIZED)
                        .ignoreException(TwilioCircuitBreakers::saysNothingOfCredentials)
                        .clock(clock)
                        .build());
    }

    /** Says whether a request is known to fail. */
    boolean isFailing(String what) {
        return failing.since(what).isPresent();
    }

    /** Says whether requests are let through, all of them. */
    boolean isClosed() {
        return outage.getState() == State.CLOSED && credentials.getState() == State.CLOSED;
    }

    /**
     * Sends a request, with all its attempts.
     *
     * @param what which request, of which resource
     * @param attempts makes them, each by {@link #attempt}
     * @throws TwilioFailure if it fails, or is not sent
     */
    <T> T send(String what, Supplier<T> attempts) {
        try {
            T answer = credentials.executeSupplier(() -> outage.executeSupplier(() -> counted(what, attempts)));
            failing.succeeded(what);
            answered(Reachability.OK);
            return answer;
        } catch (CallNotPermittedException open) {
            String problem = open.getCausingCircuitBreakerName().equals(credentials.getName())
                    ? "Twilio refuses the credentials"
                    : "too many requests to Twilio failed just before, the last one with: " + lastProblem;
            throw new TwilioFailure(Kind.NOT_SENT, what, problem, Optional.of(ASK_HERE_AGAIN_AFTER));
        } catch (OwnFault fault) {
            failed(what, fault.failure);
            throw fault.failure;
        } catch (Fatal fatal) {
            throw fatal.error;
        } catch (TwilioFailure failure) {
            failed(what, failure);
            throw failure;
        }
    }

    private <T> T counted(String what, Supplier<T> attempts) {
        try {
            return attempts.get();
        } catch (TwilioFailure failure) {
            throw isItsOwnFault(what, failure) ? new OwnFault(failure) : failure;
        } catch (Error error) {
            throw new Fatal(error);
        }
    }

    /**
     * Says whether a failure is that of this request alone: it failed before, and others have not since. While the circuit is
     * not closed, only what went well in between proves that; the request may be the one that is to try it out.
     */
    private boolean isItsOwnFault(String what, TwilioFailure failure) {
        return reachability(failure) == Reachability.UNREACHABLE
                && failing.since(what)
                        .filter(since -> outage.getState() == State.CLOSED || lastOk.isAfter(since))
                        .isPresent();
    }

    /** Makes one attempt; how Twilio answers is known before it is known what comes of the request. */
    <T> T attempt(Supplier<T> request) {
        try {
            T answer = request.get();
            answered(Reachability.OK);
            return answer;
        } catch (TwilioFailure failure) {
            Reachability how = reachability(failure);
            if (how == Reachability.UNREACHABLE) {
                cutOff(failure);
            }
            if (failure.kind() != Kind.NOT_SENT) {
                answered(how);
            }
            throw failure;
        }
    }

    /** Returns how Twilio answered last. */
    Reachability reachability() {
        return last.how();
    }

    /** Returns since when it has answered so. */
    Instant since() {
        return last.since();
    }

    /** Says whether requests are held back now, because too many failed just before. */
    boolean circuitOpen() {
        boolean open = outage.getState() != State.CLOSED || credentials.getState() != State.CLOSED;
        return open && clock.instant().isBefore(last.at().plus(COUNTS_FOR));
    }

    private void failed(String what, TwilioFailure failure) {
        Reachability how = reachability(failure);
        if (how == Reachability.UNREACHABLE) {
            cutOff(failure);
            Instant since = failing.since(what).orElseGet(clock::instant);
            if (failing.failed(what) == TOLD_AT) {
                log.warn(
                        "{}; so did the {} requests before it, with all their attempts. Its task waits for it{}",
                        failure.getMessage(),
                        TOLD_AT - 1,
                        lastOk.isAfter(since) ? ", other tasks go on" : "");
            }
        }
        if (how == Reachability.OK) {
            failing.succeeded(what);
        }
        if (how == Reachability.UNAUTHORIZED
                && credentials.getState() != State.CLOSED
                && isLockedOut.compareAndSet(false, true)) {
            log.error(
                    "Twilio refuses the credentials, so nothing can be decided or written; work waits. {}",
                    failure.getMessage());
        }
    }

    /** Said of the very first request, as its address can be wrong, and of so many failures that others are held back. */
    private void cutOff(TwilioFailure failure) {
        lastProblem = failure.problem();
        boolean isNews = last.how() == Reachability.UNTRIED || outage.getState() != State.CLOSED;
        if (isNews && isCutOff.compareAndSet(false, true)) {
            log.warn(
                    "requests to Twilio fail; work waits, and goes on by itself. {}. If this lasts, see to hangupby.twilio.* and the "
                            + "way to there",
                    failure.getMessage());
        }
    }

    private synchronized void answered(Reachability how) {
        Instant at = clock.instant();
        if (how == Reachability.OK) {
            lastOk = at;
        }
        last = new Answered(how, last.how() == how ? last.since() : at, at);
        if (how == Reachability.OK
                && credentials.getState() == State.CLOSED
                && isLockedOut.compareAndSet(true, false)) {
            log.info("Twilio takes the credentials again; work goes on");
        }
        if (how == Reachability.OK && outage.getState() == State.CLOSED && isCutOff.compareAndSet(true, false)) {
            log.info("Twilio answers again; work goes on");
        }
    }

    private static boolean saysNothingOfTwilio(Throwable thrown) {
        return reachability(thrown) == Reachability.UNTRIED;
    }

    private static boolean saysNothingOfCredentials(Throwable thrown) {
        Reachability how = reachability(thrown);
        return how != Reachability.UNAUTHORIZED && how != Reachability.OK;
    }

    /** A request that is refused for what it asks was understood, and comes from one who may ask. */
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
     * How Twilio answered.
     *
     * @param since since when it has answered so
     * @param at when it did so last
     */
    private record Answered(Reachability how, Instant since, Instant at) {}

    /** What failed before, and fails again while others do not. */
    private static final class OwnFault extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient TwilioFailure failure;

        OwnFault(TwilioFailure failure) {
            super(failure.getMessage(), null, false, false);
            this.failure = failure;
        }
    }

    /** Carries an error past the circuit breakers, which give back what they allowed for exceptions only. */
    private static final class Fatal extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Error error;

        Fatal(Error error) {
            super(error);
            this.error = error;
        }
    }
}
