package io.hangupby.internal.engine;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.hangupby.attributes.TaskAttributes;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Participant;
import io.hangupby.call.TaskRef;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.event.TaskRouterEvent;
import io.hangupby.event.TaskRouterEvent.ReservationEvent;
import io.hangupby.telemetry.ApiKind;
import io.hangupby.telemetry.Telemetry;
import io.hangupby.twilio.Reachability;
import io.hangupby.twilio.TaskSnapshot;
import io.hangupby.twilio.TaskUpdate;
import io.hangupby.twilio.TwilioFailure;
import io.hangupby.twilio.TwilioFailure.Kind;
import io.hangupby.twilio.TwilioGateway;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between the engine and Twilio: so many requests at once, so many updates a second, another attempt where one makes
 * sense and its time has not run out, and none at all while Twilio is down or refuses our credentials. Thread-safe.
 */
public final class ResilientGateway implements TwilioGateway {
    private static final Logger log = LoggerFactory.getLogger(ResilientGateway.class);

    /** A request with all its attempts; after it, the task is put off as a whole. */
    private static final Duration DEADLINE = Duration.ofSeconds(15);

    private static final int MAX_ATTEMPTS = 20;
    private static final IntervalFunction BACKOFF =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(200), 2, 0.5, Duration.ofSeconds(4));

    private final TwilioGateway twilio;
    private final Telemetry telemetry;
    private final Clock clock;
    private final Sleeper sleeper;
    private final Semaphore concurrency;
    private final Optional<UpdatePermits> updates;
    private final TwilioReach reach;
    private final Retry retry;
    private final Retry retryUnlessApplied;

    /**
     * @param twilio makes single attempts
     * @param maxConcurrentCalls how many requests are under way at once
     * @param maxUpdatesPerSecond how many updates are sent in a second; 0 for no limit
     * @param telemetry counts and times requests
     */
    public ResilientGateway(
            TwilioGateway twilio,
            int maxConcurrentCalls,
            int maxUpdatesPerSecond,
            Telemetry telemetry,
            Clock clock,
            Sleeper sleeper) {
        this.twilio = twilio;
        this.telemetry = telemetry;
        this.clock = clock;
        this.sleeper = sleeper;
        this.concurrency = new Semaphore(maxConcurrentCalls, true);
        this.updates = maxUpdatesPerSecond == 0
                ? Optional.empty()
                : Optional.of(new UpdatePermits(maxUpdatesPerSecond, DEADLINE, sleeper));
        this.reach = new TwilioReach(clock);
        this.retry = retry(TwilioFailure::isRetryable);
        this.retryUnlessApplied = retry(failure -> failure.isRetryable() && !failure.mayHaveBeenApplied());
    }

    @Override
    public Optional<Conference> conference(ConferenceSid conference) {
        return ask(ApiKind.CONFERENCE, "read of conference " + conference, retry, () -> twilio.conference(conference));
    }

    @Override
    public Optional<List<Participant>> participants(ConferenceSid conference) {
        return ask(
                ApiKind.PARTICIPANTS,
                "read of the participants of conference " + conference,
                retry,
                () -> twilio.participants(conference));
    }

    @Override
    public Optional<Call> call(CallSid call) {
        return ask(ApiKind.CALL, "read of call " + call, retry, () -> twilio.call(call));
    }

    @Override
    public List<Call> children(CallSid parent) {
        return ask(
                ApiKind.CHILD_CALLS, "read of the child calls of call " + parent, retry, () -> twilio.children(parent));
    }

    @Override
    public Optional<TaskSnapshot> task(TaskRef task) {
        return ask(ApiKind.TASK, "read of task " + task, retry, () -> twilio.task(task));
    }

    @Override
    public TaskUpdate updateTask(TaskRef task, TaskAttributes attributes, String etag) {
        return updateTask(task, attributes, etag, clock.instant());
    }

    /** An update that may have been applied is not sent again: the caller has to read the task back first. */
    @Override
    public TaskUpdate updateTask(TaskRef task, TaskAttributes attributes, String etag, Instant since) {
        return ask(
                ApiKind.TASK_UPDATE,
                "update of task " + task,
                retryUnlessApplied,
                () -> waitForUpdate(task, since),
                () -> twilio.updateTask(task, attributes, etag));
    }

    @Override
    public List<TaskRouterEvent> events(TaskRef task) {
        return ask(ApiKind.TASK_EVENTS, "read of the events of task " + task, retry, () -> twilio.events(task));
    }

    /** Returns how Twilio answered last. */
    public Reachability reachability() {
        return reach.reachability();
    }

    /** Returns since when it has answered so, or of what time this is where it has not been asked. */
    public Instant reachabilitySince() {
        return reach.since();
    }

    /** Says whether requests are held back, because too many failed just before. */
    public boolean isHeldBack() {
        return reach.isHeldBack();
    }

    @Override
    public List<ReservationEvent> endings(WorkspaceSid workspace, Instant since) {
        return ask(
                ApiKind.WRAP_UPS,
                "read of the wrap-ups of workspace " + workspace,
                retry,
                () -> twilio.endings(workspace, since));
    }

    @Override
    public void close() {
        twilio.close();
    }

    private <T> T ask(ApiKind kind, String what, Retry policy, Supplier<T> request) {
        return ask(kind, what, policy, () -> {}, request);
    }

    private <T> T ask(ApiKind kind, String what, Retry policy, Runnable before, Supplier<T> request) {
        Instant deadline = clock.instant().plus(DEADLINE);
        Retry.AsyncContext<T> attempts = policy.asyncContext();
        while (true) {
            try {
                before.run();
                return once(what, () -> telemetry.ask(kind, request));
            } catch (TwilioFailure failure) {
                Duration wait = Duration.ofMillis(attempts.onError(failure));
                if (wait.isNegative()
                        || wait.isZero()
                        || clock.instant().plus(wait).isAfter(deadline)) {
                    throw failure;
                }
                telemetry.retried(failure.kind());
                log.debug("{}; in {} ms", failure.getMessage(), wait.toMillis());
                sleep(wait, failure.request());
            }
        }
    }

    private <T> T once(String what, Supplier<T> request) {
        acquire(what);
        try {
            return reach.send(what, request);
        } finally {
            concurrency.release();
        }
    }

    private void acquire(String what) {
        try {
            concurrency.acquire();
        } catch (InterruptedException e) {
            throw interrupted(what);
        }
    }

    private void waitForUpdate(TaskRef task, Instant since) {
        String request = "update of task " + task;
        try {
            if (updates.isPresent() && !updates.get().acquire(since)) {
                throw new TwilioFailure(
                        Kind.NOT_SENT, request, "the limit of updates per second is used up", Optional.empty());
            }
        } catch (InterruptedException e) {
            throw interrupted(request);
        }
    }

    private void sleep(Duration wait, String request) {
        try {
            sleeper.sleep(wait);
        } catch (InterruptedException e) {
            throw interrupted(request);
        }
    }

    private static TwilioFailure interrupted(String request) {
        Thread.currentThread().interrupt();
        return new TwilioFailure(Kind.NOT_SENT, request, "shutting down", Optional.empty());
    }

    private static Retry retry(Predicate<TwilioFailure> worthAnother) {
        return Retry.of(
                "twilio",
                RetryConfig.custom()
                        .maxAttempts(MAX_ATTEMPTS)
                        .retryOnException(thrown -> thrown instanceof TwilioFailure failure
                                && canSucceedSoon(failure)
                                && worthAnother.test(failure))
                        .intervalBiFunction(ResilientGateway::interval)
                        .build());
    }

    private static boolean canSucceedSoon(TwilioFailure failure) {
        return failure.kind() != Kind.NOT_SENT && failure.kind() != Kind.UNAUTHORIZED;
    }

    /** As long as Twilio asks for, else longer each time and never in step with others. */
    private static long interval(int attempt, Either<Throwable, Object> result) {
        return Optional.ofNullable(result.getLeft())
                .filter(TwilioFailure.class::isInstance)
                .flatMap(thrown -> ((TwilioFailure) thrown).retryAfter())
                .map(Duration::toMillis)
                .map(millis -> Math.max(1, millis))
                .orElseGet(() -> BACKOFF.apply(attempt));
    }
}
