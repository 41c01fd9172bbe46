package io.hangupby.micrometer;

import io.hangupby.call.TaskRef;
import io.hangupby.decision.Kept;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.SegmentDetail;
import io.hangupby.decision.WriteResult;
import io.hangupby.telemetry.HangUpByStatus;
import io.hangupby.telemetry.Telemetry;
import io.hangupby.twilio.TwilioFailure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler.IgnoredMeters;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Records hangupby's metrics in an application's Micrometer registry. {@code docs/operations/monitoring.md} lists the names.
 *
 * <pre>{@code HangUpBy.builder().telemetry(MicrometerTelemetry.of(meterRegistry))}</pre>
 *
 * <p>No tag contains a SID, a telephone number or a message. Create an instance for each {@code HangUpBy}. If a process
 * has several, give each instance a registry with a common tag. Thread-safe.
 */
public final class MicrometerTelemetry implements Telemetry {
    private static final String REQUEST = "request";
    private static final String TASK = "task";
    private static final String API_CALLS = "hangupby.api.calls";
    private static final String WORK = "hangupby.work";
    private static final String ENDED_BY = "ended-by";
    private static final String RULE = "rule";
    private static final String NONE = "none";

    /** Buckets are narrow up to ten seconds, because most agents complete later than that. */
    private static final Duration[] TIMES_TO_VALUE = Stream.of(
                    250, 500, 750, 1000, 1500, 2000, 3000, 5000, 7500, 10_000, 15_000, 30_000, 60_000, 300_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry meters;
    private final ObservationRegistry observations;
    private final EventCounters events;
    private final Counter signaturesRejected;
    private final Timer timeToValue;
    private final RuleNames rules = new RuleNames();
    private volatile Optional<StatusGauges> gauges = Optional.empty();

    private MicrometerTelemetry(MeterRegistry meters, ObservationRegistry observations) {
        this.meters = meters;
        this.observations = observations;
        this.events = new EventCounters(meters);
        this.signaturesRejected = Counter.builder("hangupby.signatures.rejected")
                .description("Requests rejected because of their signature")
                .register(meters);
        this.timeToValue = Timer.builder("hangupby.time.to.value")
                .description("Time from an agent's wrap-up, by Twilio's clock, until the value is in the task")
                .serviceLevelObjectives(TIMES_TO_VALUE)
                .register(meters);
        // Registered from the start, so that the first of each shows as a change.
        for (Kept kept : Kept.values()) {
            values(kept);
        }
        for (TwilioFailure.Kind reason : TwilioFailure.Kind.values()) {
            retries(REQUEST, reason);
            retries(TASK, reason);
        }
    }

    /** Returns telemetry that records metrics only. */
    public static MicrometerTelemetry of(MeterRegistry meters) {
        ObservationRegistry timed = ObservationRegistry.create();
        timed.observationConfig()
                .observationHandler(new DefaultMeterObservationHandler(meters, IgnoredMeters.LONG_TASK_TIMER));
        return new MicrometerTelemetry(meters, timed);
    }

    /**
     * Returns telemetry that records metrics and traces. {@code hangupby.work} and {@code hangupby.api.calls} become
     * observations, and the observation registry's handlers create spans and timers from them.
     *
     * @param observations a registry with a handler that creates timers, as Spring Boot's has; without any handler, the
     *     timers are created in {@code meters}
     */
    public static MicrometerTelemetry of(MeterRegistry meters, ObservationRegistry observations) {
        return observations.isNoop() ? of(meters) : new MicrometerTelemetry(meters, observations);
    }

    @Override
    public void bind(Supplier<HangUpByStatus> status) {
        StatusGauges registered = new StatusGauges(meters, status, System::nanoTime);
        registered.register();
        gauges = Optional.of(registered);
    }

    @Override
    public void unbind() {
        gauges.ifPresent(StatusGauges::remove);
    }

    @Override
    public void kept(String type) {
        events.kept(type);
    }

    @Override
    public void notKept(String type) {
        events.rejected(type);
    }

    @Override
    public void ignored() {
        events.ignored();
    }

    @Override
    public void malformed() {
        events.malformed();
    }

    @Override
    public void signatureRejected() {
        signaturesRejected.increment();
    }

    @Override
    public void decided(Outcome outcome, Duration sinceWrapUp) {
        Counter.builder("hangupby.verdicts")
                .description("Verdicts, by category and deciding rule")
                .tag(ENDED_BY, Telemetry.endedBy(outcome.verdict()))
                .tag(RULE, rules.tag(outcome.verdict().rule()))
                .register(meters)
                .increment();
        if (outcome.write().status() == WriteResult.Status.WRITTEN) {
            timeToValue.record(sinceWrapUp.isNegative() ? Duration.ZERO : sinceWrapUp);
        }
    }

    @Override
    public void finished(Outcome outcome) {
        Counter.builder("hangupby.writes")
                .description("Results of writing values")
                .tag("result", Telemetry.word(outcome.write().status()))
                .register(meters)
                .increment();
        Observation current = observations.getCurrentObservation();
        if (current != null && current.getContextView() instanceof Work) {
            current.lowCardinalityKeyValue(ENDED_BY, Telemetry.endedBy(outcome.verdict()));
            current.lowCardinalityKeyValue(RULE, rules.tag(outcome.verdict().rule()));
        }
    }

    @Override
    public void completed(Outcome outcome) {
        outcome.write().kept().ifPresent(kept -> values(kept).increment());
    }

    @Override
    public void detailed(SegmentDetail detail, Duration shortCall) {
        Counter.builder("hangupby.segments")
                .description("Completed segments, by their details")
                .tag("on-hold", yesOrNo(detail.onHold()))
                .tag("transferring", yesOrNo(detail.transferring()))
                .tag("short", yesOrNo(detail.isShorterThan(shortCall)))
                .register(meters)
                .increment();
        detail.talkTime()
                .ifPresent(time -> Timer.builder("hangupby.talk.time")
                        .description("Time from an agent's acceptance until the agent's leg left")
                        .register(meters)
                        .record(time));
    }

    private static String yesOrNo(Optional<Boolean> known) {
        return known.map(yes -> yes ? "yes" : "no").orElse("unknown");
    }

    @Override
    public void audited(Outcome outcome) {
        outcome.audit()
                .ifPresent(found -> Counter.builder("hangupby.audit")
                        .description("Verdicts beside what Voice Insights says of the legs, by deciding rule")
                        .tag(RULE, rules.tag(outcome.verdict().rule()))
                        .tag("result", Telemetry.word(found.status()))
                        .register(meters)
                        .increment());
    }

    private Counter values(Kept kept) {
        return Counter.builder("hangupby.values")
                .description("Values of completed segments, by whether Flex Insights read them")
                .tag("result", Telemetry.word(kept))
                .register(meters);
    }

    @Override
    public void retried(TwilioFailure.Kind reason) {
        retry(REQUEST, reason);
    }

    @Override
    public void retriedLater(TwilioFailure.Kind reason) {
        retry(TASK, reason);
    }

    private Counter retries(String what, TwilioFailure.Kind reason) {
        return Counter.builder("hangupby.retries")
                .description("Retried requests and tasks, by reason")
                .tag("what", what)
                .tag("reason", Telemetry.word(reason))
                .register(meters);
    }

    private void retry(String what, TwilioFailure.Kind reason) {
        retries(what, reason).increment();
    }

    @Override
    public <T> T ask(String kind, Supplier<T> request) {
        Observation attempt = Observation.createNotStarted(API_CALLS, observations)
                .contextualName("twilio " + kind)
                .lowCardinalityKeyValue("kind", kind);
        return observe(attempt, request, result -> attempt.lowCardinalityKeyValue("result", result));
    }

    @Override
    public Runnable part(Runnable part) {
        Observation current = observations.getCurrentObservation();
        return current == null ? part : () -> current.scoped(part);
    }

    @Override
    public <T> T work(TaskRef task, Supplier<T> turn) {
        Observation work = Observation.createNotStarted(WORK, Work::new, observations)
                .lowCardinalityKeyValue(ENDED_BY, NONE)
                .lowCardinalityKeyValue(RULE, NONE)
                .highCardinalityKeyValue("hangupby.workspace", task.workspace().value())
                .highCardinalityKeyValue("hangupby.task", task.task().value());
        return observe(work, turn, result -> {});
    }

    private static <T> T observe(Observation observation, Supplier<T> action, Consumer<String> tagResult) {
        observation.start();
        Observation.Scope scope = observation.openScope();
        try {
            T result = action.get();
            tagResult.accept(ApiResult.of(result));
            return result;
        } catch (RuntimeException | Error failure) {
            tagResult.accept(ApiResult.ofFailure(failure));
            observation.error(failure);
            throw failure;
        } finally {
            scope.close();
            observation.stop();
        }
    }

    /** Marks the observation of work on a task. */
    private static final class Work extends Observation.Context {}
}
