package io.hangupby.internal.engine;

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
 * it refuses our credentials. Knows how Twilio answered last. Thread-safe.
 */
final class TwilioReach {
    private static final Logger log = LoggerFactory.getLogger(TwilioReach.class);

    private static final Duration AFTER_OUTAGE = Duration.ofSeconds(5);
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(5);
    private static final Duration AFTER_REFUSALS_AT_MOST = Duration.ofMinutes(1);
    /** Whoever is held back asks here again, and not at Twilio. */
    private static final Duration ASK_HERE_AGAIN_AFTER = Duration.ofSeconds(5);

    /** One refusal between answers is about what was asked for, and not about us. */
    private static final int REFUSALS_IN_A_ROW = 3;

    /** What failed longer ago, with no work since, says nothing about now. */
    private static final Duration COUNTS_FOR = Duration.ofMinutes(2);

    private final Clock clock;
    private final CircuitBreaker outage;
    private final CircuitBreaker credentials;
    private final AtomicBoolean isLockedOut = new AtomicBoolean();
    private final AtomicBoolean isCutOff = new AtomicBoolean();
    private volatile Answered last;
    private volatile String lastProblem = "";

    TwilioReach(Clock clock) {
        this.clock = clock;
        this.last = new Answered(Reachability.UNTRIED, clock.instant(), clock.instant());
        this.outage = CircuitBreaker.of(
                "outage",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(50)
                        .minimumNumberOfCalls(20)
                        .failureRateThreshold(60)
                        .waitDurationInOpenState(AFTER_OUTAGE)
                        .recordException(thrown -> reachability(thrown) == Reachability.UNREACHABLE)
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
                        .ignoreException(TwilioReach::saysNothingOfCredentials)
                        .clock(clock)
                        .build());
    }

    /**
     * Sends a request.
     *
     * @param what which request, for the failure's message
     * @throws TwilioFailure if it fails, or is not sent
     */
    <T> T send(String what, Supplier<T> request) {
        try {
            T answer = credentials.executeSupplier(() -> outage.executeSupplier(request));
            answered(Reachability.OK);
            return answer;
        } catch (CallNotPermittedException open) {
            String problem = open.getCausingCircuitBreakerName().equals(credentials.getName())
                    ? "Twilio refuses the credentials"
                    : "too many requests to Twilio failed just before, the last one with: " + lastProblem;
            throw new TwilioFailure(Kind.NOT_SENT, what, problem, Optional.of(ASK_HERE_AGAIN_AFTER));
        } catch (TwilioFailure failure) {
            failed(failure);
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
    boolean isHeldBack() {
        boolean open = outage.getState() != State.CLOSED || credentials.getState() != State.CLOSED;
        return open && clock.instant().isBefore(last.at().plus(COUNTS_FOR));
    }

    private void failed(TwilioFailure failure) {
        Reachability how = reachability(failure);
        if (how == Reachability.UNREACHABLE) {
            cutOff(failure);
        }
        if (failure.kind() != Kind.NOT_SENT) {
            answered(how);
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

    private static boolean saysNothingOfCredentials(Throwable thrown) {
        Reachability how = reachability(thrown);
        return how != Reachability.UNAUTHORIZED && how != Reachability.OK;
    }

    /** A request that is refused for what it asks was understood, and comes from one who may ask. */
    private static Reachability reachability(Throwable thrown) {
        return thrown instanceof TwilioFailure failure
                ? switch (failure.kind()) {
                    case THROTTLED -> Reachability.THROTTLED;
                    case UNAVAILABLE, UNREACHABLE, GARBLED -> Reachability.UNREACHABLE;
                    case UNAUTHORIZED -> Reachability.UNAUTHORIZED;
                    case NOT_FOUND, REFUSED -> Reachability.OK;
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
}
