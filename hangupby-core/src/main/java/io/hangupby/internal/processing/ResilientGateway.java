package io.hangupby.internal.processing;

import io.github.resilience4j.retry.Retry;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Participant;
import io.hangupby.call.TaskRef;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import io.hangupby.internal.twilio.RecordedEvents;
import io.hangupby.internal.twilio.TaskSnapshot;
import io.hangupby.internal.twilio.TaskUpdate;
import io.hangupby.internal.twilio.TwilioGateway;
import io.hangupby.telemetry.Telemetry;
import io.hangupby.twilio.Reachability;
import io.hangupby.twilio.TwilioFailure;
import io.hangupby.twilio.TwilioFailure.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits and retries the requests to Twilio. Bounds the requests at once and the updates a second. Retries a failed request
 * within its deadline, and sends none while the circuit is open. A request that keeps failing gets one attempt each time, and
 * never the permit that another request's first attempt waits for. Thread-safe.
 */
public final class ResilientGateway implements TwilioGateway {
    private static final Logger log = LoggerFactory.getLogger(ResilientGateway.class);

    /** The time for a request with all its attempts; after it, the task is retried later. */
    private static final Duration DEADLINE = Duration.ofSeconds(15);

    /** A first attempt may be ended after this, if another request waits for its permit. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** When to retry a request that failed before, while other failing requests use their share of the permits. */
    private static final Duration UNTIL_THERE_IS_ROOM = Duration.ofSeconds(2);

    /** How many threads may wait for a retry, of those for each permit. */
    private static final int WAITING_PER_PERMIT = EngineThreads.TASKS_PER_API_CALL / 2;

    private final TwilioGateway twilio;
    private final Telemetry telemetry;
    private final Clock clock;
    private final Sleeper sleeper;
    private final RequestPermits permits;
    private final ReadThreads reads;
    private final Semaphore waiting;
    private final SlowRequests slow;
    private final Optional<UpdateLimit> updates;
    private final TwilioCircuitBreakers circuitBreakers;

    /**
     * @param twilio makes single attempts
     * @param maxConcurrentCalls how many requests are under way at once
     * @param maxUpdatesPerSecond how many updates all nodes together send in a second; 0 for no limit
     * @param liveNodes how many nodes share them, this node included
     * @param telemetry counts and times requests
     * @param clock times attempts
     * @param sleeper waits between attempts
     */
    public ResilientGateway(
            TwilioGateway twilio,
            int maxConcurrentCalls,
            int maxUpdatesPerSecond,
            IntSupplier liveNodes,
            Telemetry telemetry,
            Clock clock,
            Sleeper sleeper) {
        this.twilio = twilio;
        this.telemetry = telemetry;
        this.clock = clock;
        this.sleeper = sleeper;
        this.permits = new RequestPermits(maxConcurrentCalls, PATIENCE);
        this.reads = new ReadThreads(maxConcurrentCalls);
        this.waiting = new Semaphore(maxConcurrentCalls * WAITING_PER_PERMIT);
        this.slow = new SlowRequests(clock, PATIENCE);
        this.updates = UpdateLimit.of(maxUpdatesPerSecond, liveNodes, DEADLINE, sleeper, clock);
        this.circuitBreakers = new TwilioCircuitBreakers(clock);
    }

    @Override
    public void together(List<? extends RunnableFuture<?>> requests) {
        reads.run(requests, telemetry::part);
    }

    @Override
    public Optional<Conference> conference(ConferenceSid conference) {
        return ask(ApiKind.CONFERENCE, "read of conference " + conference, () -> twilio.conference(conference));
    }

    @Override
    public Optional<List<Participant>> participants(ConferenceSid conference) {
        return ask(
                ApiKind.PARTICIPANTS,
                "read of the participants of conference " + conference,
                () -> twilio.participants(conference));
    }

    @Override
    public Optional<Call> call(CallSid call) {
        return ask(ApiKind.CALL, "read of call " + call, () -> twilio.call(call));
    }

    @Override
    public List<Call> children(CallSid parent) {
        return ask(ApiKind.CHILD_CALLS, "read of the child calls of call " + parent, () -> twilio.children(parent));
    }

    @Override
    public Optional<TaskSnapshot> task(TaskRef task) {
        return ask(ApiKind.TASK, "read of task " + task, () -> twilio.task(task));
    }

    @Override
    public TaskUpdate updateTask(TaskRef task, TaskAttributes attributes, String etag) {
        return updateTask(task, attributes, etag, clock.instant());
    }

    /** Does not resend an update that may have been applied: the caller has to read the task first. */
    @Override
    public TaskUpdate updateTask(TaskRef task, TaskAttributes attributes, String etag, Instant since) {
        return ask(
                ApiKind.TASK_UPDATE,
                "update of task " + task,
                RetryPolicies.UPDATE,
                () -> waitForUpdate(task, since),
                () -> UpdateLimit.learning(updates, () -> twilio.updateTask(task, attributes, etag)));
    }

    /** Sends fewer updates, because Twilio says that the account's limit is used up. */
    public void rateLimited() {
        updates.ifPresent(UpdateLimit::rateLimited);
    }

    /** Returns how many updates this node sends in a second now; 0 for no limit. */
    public int updatesPerSecond() {
        return updates.map(UpdateLimit::perSecond).orElse(0);
    }

    @Override
    public RecordedEvents events(TaskRef task) {
        return ask(ApiKind.TASK_EVENTS, "read of the events of task " + task, () -> twilio.events(task));
    }

    /** Returns how Twilio responded last. */
    public Reachability reachability() {
        return circuitBreakers.reachability();
    }

    /** Returns since when Twilio has responded like that, or the start if nothing was sent. */
    public Instant reachabilitySince() {
        return circuitBreakers.since();
    }

    /** Returns how many requests held a permit for more than two seconds, since the start. */
    public long slowRequests() {
        return slow.count();
    }

    /** Returns whether the circuit is open, because too many requests failed. */
    public boolean circuitOpen() {
        return circuitBreakers.circuitOpen();
    }

    @Override
    public List<ReservationEvent> reservationEndEvents(WorkspaceSid workspace, Instant since) {
        return ask(
                ApiKind.WRAP_UPS,
                "read of the wrap-ups of workspace " + workspace,
                () -> twilio.reservationEndEvents(workspace, since));
    }

    @Override
    public void close() {
        reads.close();
        twilio.close();
    }

    private <T> T ask(ApiKind kind, String name, Supplier<T> send) {
        return ask(kind, name, RetryPolicies.READ, () -> {}, send);
    }

    private <T> T ask(ApiKind kind, String name, Retry policy, Runnable before, Supplier<T> send) {
        Request<T> request = new Request<>(kind, name, before, send);
        return circuitBreakers.send(
                name, circuitBreakers.isFailing(name) ? () -> singleAttempt(request) : () -> attempts(request, policy));
    }

    /**
     * Makes the only attempt of a request that failed before. Checks the permits first, so that a request without a permit does
     * not use up an update.
     */
    private <T> T singleAttempt(Request<T> request) {
        boolean waits = request.kind() == ApiKind.WRAP_UPS;
        if (!waits && !permits.hasRoomForRetry()) {
            throw noRoom(request);
        }
        request.before().run();
        RequestPermits.Permit permit =
                awaitRetryPermit(request, waits ? DEADLINE : Duration.ZERO).orElseThrow(() -> noRoom(request));
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
            RequestPermits.Permit permit =
                    permitForRetry(request, Duration.ofMillis(attempts.onError(last)), deadline, last);
            try {
                return send(request, permit);
            } catch (TwilioFailure again) {
                last = again;
            }
        }
    }

    /**
     * Waits for the permit of a retry. Each wait takes a thread: if too many threads wait, the task is retried later, which takes
     * none.
     *
     * @param last the failure of the attempt before, which is thrown if there is no retry
     */
    private RequestPermits.Permit permitForRetry(
            Request<?> request, Duration wait, Instant deadline, TwilioFailure last) {
        boolean inTime = !wait.isNegative()
                && !wait.isZero()
                && !clock.instant().plus(wait).isAfter(deadline);
        if (!inTime || !circuitBreakers.isClosed() || !waiting.tryAcquire()) {
            throw last;
        }
        try {
            telemetry.retried(last.kind());
            log.debug("{}; retried in {} ms", last.getMessage(), wait.toMillis());
            sleep(wait, request.name());
            request.before().run();
            return awaitRetryPermit(request, Duration.between(clock.instant(), deadline))
                    .orElseThrow(() -> last);
        } finally {
            waiting.release();
        }
    }

    private Optional<RequestPermits.Permit> first(Request<?> request) {
        try {
            return permits.first(DEADLINE, request.mayBeEnded());
        } catch (InterruptedException e) {
            throw interrupted(request.name());
        }
    }

    private Optional<RequestPermits.Permit> awaitRetryPermit(Request<?> request, Duration within) {
        try {
            return permits.retry(within, request.mayBeEnded());
        } catch (InterruptedException e) {
            throw interrupted(request.name());
        }
    }

    private <T> T send(Request<T> request, RequestPermits.Permit permit) {
        Instant begun = clock.instant();
        try (permit) {
            T response = circuitBreakers.attempt(() -> telemetry.ask(Telemetry.word(request.kind()), request.send()));
            permit.wentWell();
            return response;
        } finally {
            // A list of wrap-ups has many pages, which may take long.
            if (request.kind() != ApiKind.WRAP_UPS) {
                slow.took(request.name(), Duration.between(begun, clock.instant()));
            }
        }
    }

    private static TwilioFailure noRoom(Request<?> request) {
        return notSent(request, "other failing requests are tried before it");
    }

    private static TwilioFailure notSent(Request<?> request, String problem) {
        return new TwilioFailure(Kind.NOT_SENT, request.name(), problem, Optional.of(UNTIL_THERE_IS_ROOM));
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

    /**
     * A request with all its attempts.
     *
     * @param name the kind of request and its resource
     * @param before waits until an attempt may be made
     * @param send makes an attempt
     */
    private record Request<T>(ApiKind kind, String name, Runnable before, Supplier<T> send) {
        /**
         * Returns whether an attempt may be ended early. Lists of wrap-ups need their time, and an update that is ended may have
         * been applied.
         */
        boolean mayBeEnded() {
            return kind != ApiKind.WRAP_UPS && kind != ApiKind.TASK_UPDATE;
        }
    }
}
