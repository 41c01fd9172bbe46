package io.hangupby.internal.processing;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.hangupby.twilio.TwilioFailure;
import io.hangupby.twilio.TwilioFailure.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Says which failures of a request to Twilio are worth another attempt, and how long to wait before it. Constants, because an application
 * starts faster if they are loaded with the first request.
 */
final class RetryPolicies {
    private static final int MAX_ATTEMPTS = 20;
    private static final IntervalFunction BACKOFF =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(200), 2, 0.5, Duration.ofSeconds(4));

    static final Retry READ = retry(TwilioFailure::isRetryable);

    /** An update that may have been applied is not sent again: the caller has to read the task first. */
    static final Retry UPDATE = retry(failure -> failure.isRetryable() && !failure.mayHaveBeenApplied());

    private RetryPolicies() {}

    private static Retry retry(Predicate<TwilioFailure> isWorthRetry) {
        return Retry.of(
                "twilio",
                RetryConfig.custom()
                        .maxAttempts(MAX_ATTEMPTS)
                        .retryOnException(thrown -> thrown instanceof TwilioFailure failure
                                && canSucceedSoon(failure)
                                && isWorthRetry.test(failure))
                        .intervalBiFunction(RetryPolicies::interval)
                        .build());
    }

    private static boolean canSucceedSoon(TwilioFailure failure) {
        return failure.kind() != Kind.NOT_SENT && failure.kind() != Kind.UNAUTHORIZED;
    }

    /**
     * Returns the wait that Twilio asks for. Otherwise the wait grows with each attempt, at random, so that requests do not retry
     * in step.
     */
    private static long interval(int attempt, Either<Throwable, Object> result) {
        return Optional.ofNullable(result.getLeft())
                .filter(TwilioFailure.class::isInstance)
                .flatMap(thrown -> ((TwilioFailure) thrown).retryAfter())
                .map(Duration::toMillis)
                .map(millis -> Math.max(1, millis))
                .orElseGet(() -> BACKOFF.apply(attempt));
    }
}
