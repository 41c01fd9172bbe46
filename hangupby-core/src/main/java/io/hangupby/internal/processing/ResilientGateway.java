package io.hangupby.internal.processing;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Participant;
import io.hangupby.call.TaskRef;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import io.hangupby.internal.twilio.TaskSnapshot;
import io.hangupby.internal.twilio.TaskUpdate;
import io.hangupby.internal.twilio.TwilioGateway;
import io.hangupby.telemetry.ApiKind;
import io.hangupby.telemetry.Telemetry;
import io.hangupby.twilio.Reachability;
import io.hangupby.twilio.TwilioFailure;
import io.hangupby.twilio.TwilioFailure.Kind;
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
 * sense and its time has not run out, and none at all while Twilio is down or refuses our credentials. What goes on to fail gets
 * one attempt each time, and never the permit that another request's first attempt waits for. Thread-safe.
 */
public final class ResilientGateway implements TwilioGateway {
    private static final Logger log = LoggerFactory.getLogger(ResilientGateway.class);

    /** A request with all its attempts; after it, the task is put off as a whole. */
    private static final Duration DEADLINE = Duration.ofSeconds(15);

    /** A first attempt may be ended after this, if another one waits for its permit. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** When to come back with what failed before, while others that did have their share of the permits. */
    private static final Duration UNTIL_THERE_IS_ROOM = Duration.ofSeconds(2);

    /** Of the threads that there are for each permit, so many may wait for a further attempt. */
    private static final int WAITING_PER_PERMIT = EngineThreads.TASKS_PER_API_CALL / 2;

    private static final int MAX_ATTEMPTS = 20;
    private static final IntervalFunction BACKOFF =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(200), 2, 0.5, Duration.ofSeconds(4));

    private final TwilioGateway twilio;
    private final Telemetry telemetry;
    private final Clock clock;
    private final Sleeper sleeper;
    private final RequestPermits permits;
    private final Semaphore waiting;
    private final SlowRequests slow;
    private final Optional<PriorityRateLimiter> updates;
    private final TwilioCircuitBreakers reach;
    private final Retry retry;
    private final Retry retryUnlessApplied;

    /**
     * @param twilio makes single attempts
     * @param maxConcurrentCalls how many requests are under way at once
     * @param maxUpdatesPerSecond how many updates are sent in a second; 0 for no limit
     * @param telemetry counts and times requests
     * @param clock says how long it all takes
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
        this.permits = new RequestPermits(maxConcurrentCalls, PATIENCE);
        this.waiting = new Semaphore(maxConcurrentCalls * WAITING_PER_PERMIT);
        this.slow = new SlowRequests(clock, PATIENCE);
        this.updates = maxUpdatesPerSecond == 0
                ? Optional.empty()
                : Optional.of(new PriorityRateLimiter(maxUpdatesPerSecond, DEADLINE, sleeper));
        this.reach = new TwilioCircuitBreakers(clock);
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

    /** Returns how many requests have held a permit for more than two seconds, since the start. */
    public long slowRequests() {
        return slow.count();
    }

    /** Says whether requests are held back, because too many failed just before. */
    public boolean circuitOpen() {
        return reach.circuitOpen();
    }

    @Override
    public List<ReservationEvent> reservationEndEvents(WorkspaceSid workspace, Instant since) {
        return ask(
                ApiKind.WRAP_UPS,
                "read of the wrap-ups of workspace " + workspace,
                retry,
                () -> twilio.reservationEndEvents(workspace, since));
    }

    @Override
    public void close() {
        twilio.close();
    }

    private <T> T ask(ApiKind kind, String what, Retry policy, Supplier<T> send) {
        return ask(kind, what, policy, () -> {}, send);
    }

    private <T> T ask(ApiKind kind, String what, Retry policy, Runnable before, Supplier<T> send) {
        Request<T> request = new Request<>(kind, what, before, send);
        return reach.send(what, reach.isFailing(what) ? () -> onceMore(request) : () -> attempts(request, policy));
    }

    /** Whether there is room is seen first: what is not sent anyway takes no update from those that are. */
    private <T> T onceMore(Request<T> request) {
        boolean waits = request.kind() == ApiKind.WRAP_UPS;
        if (!waits && !permits.hasRoomForFurther()) {
            throw othersFirst(request);
        }
        request.before().run();
        RequestPermits.Permit permit =
                further(request, waits ? DEADLINE : Duration.ZERO).orElseThrow(() -> othersFirst(request));
        return send(request, permit);
    }

    private <T> T attempts(Request<T> request, Retry policy) {
        Instant deadline = clock.instant().plus(DEADLINE);
        Retry.AsyncContext<T> attempts = policy.asyncContext();
        TwilioFailure last;
        try {
            request.before().run();
            return send(request, first(request).orElseThrow(() -> notSent(request, "too many requests are under way")));
        } catch (TwilioFailure failure) {
            last = failure;
        }
        while (true) {
            RequestPermits.Permit permit = another(request, Duration.ofMillis(attempts.onError(last)), deadline, last);
            try {
                return send(request, permit);
            } catch (TwilioFailure again) {
                last = again;
            }
        }
    }

    /**
     * Waits until another attempt can be made. Waiting takes a thread: where too many do, the task is put off as a whole, which
     * takes none.
     *
     * @param last how the attempt before failed, which is thrown where there is to be no other one
     */
    private RequestPermits.Permit another(Request<?> request, Duration wait, Instant deadline, TwilioFailure last) {
        boolean inTime = !wait.isNegative()
                && !wait.isZero()
                && !clock.instant().plus(wait).isAfter(deadline);
        if (!inTime || !reach.isClosed() || !waiting.tryAcquire()) {
            throw last;
        }
        try {
            telemetry.retried(last.kind());
            log.debug("{}; in {} ms", last.getMessage(), wait.toMillis());
            sleep(wait, request.what());
            request.before().run();
            return further(request, Duration.between(clock.instant(), deadline)).orElseThrow(() -> last);
        } finally {
            waiting.release();
        }
    }

    private Optional<RequestPermits.Permit> first(Request<?> request) {
        try {
            return permits.first(DEADLINE, request.mayBeEnded());
        } catch (InterruptedException e) {
            throw interrupted(request.what());
        }
    }

    private Optional<RequestPermits.Permit> further(Request<?> request, Duration within) {
        try {
            return permits.further(within, request.mayBeEnded());
        } catch (InterruptedException e) {
            throw interrupted(request.what());
        }
    }

    private <T> T send(Request<T> request, RequestPermits.Permit permit) {
        Instant begun = clock.instant();
        try (permit) {
            T response = reach.attempt(() -> telemetry.ask(request.kind(), request.send()));
            permit.wentWell();
            return response;
        } finally {
            // Wrap-ups come page by page, which may take long.
            if (request.kind() != ApiKind.WRAP_UPS) {
                slow.took(request.what(), Duration.between(begun, clock.instant()));
            }
        }
    }

    private static TwilioFailure othersFirst(Request<?> request) {
        return notSent(request, "others that fail as well are tried before it");
    }

    private static TwilioFailure notSent(Request<?> request, String problem) {
        return new TwilioFailure(Kind.NOT_SENT, request.what(), problem, Optional.of(UNTIL_THERE_IS_ROOM));
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

    /**
     * A request, whatever the number of its attempts.
     *
     * @param what which request, of which resource
     * @param before waits until an attempt may be made
     * @param send makes one
     */
    private record Request<T>(ApiKind kind, String what, Runnable before, Supplier<T> send) {
        /** Wrap-ups come page by page, for which they have time; an update that is ended may have been applied. */
        boolean mayBeEnded() {
            return kind != ApiKind.WRAP_UPS && kind != ApiKind.TASK_UPDATE;
        }
    }
}
