package io.hangupby.micrometer;

import io.hangupby.call.TaskRef;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.WriteResult;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.telemetry.ApiKind;
import io.hangupby.telemetry.StatusSnapshot;
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
 * Counts and times what happens in an application's Micrometer registry, by the names that {@code docs/metrics.md} lists:
 *
 * <pre>{@code HangUpBy.builder().telemetry(MicrometerTelemetry.of(meterRegistry))}</pre>
 *
 * <p>No tag has a SID, a number or a message in it. Each {@code HangUpBy} takes one of its own; where several are in one
 * process, each is given a registry with a common tag of its own. Thread-safe.
 */
public final class MicrometerTelemetry implements Telemetry {
    private static final String REQUEST = "request";
    private static final String TASK = "task";
    private static final String API_CALLS = "hangupby.api.calls";
    private static final String WORK = "hangupby.work";
    private static final String ENDED_BY = "ended-by";
    private static final String RULE = "rule";
    private static final String NONE = "none";

    /** Fine where agents complete: most after-call work is longer than ten seconds, and a value after a minute is read by few. */
    private static final Duration[] TIMES_TO_VALUE = Stream.of(
                    250, 500, 750, 1000, 1500, 2000, 3000, 5000, 7500, 10_000, 15_000, 30_000, 60_000, 300_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry meters;
    private final ObservationRegistry observations;
    private final EventCounters events;
    private final Counter signaturesRefused;
    private final Timer timeToValue;
    private final RuleNames rules = new RuleNames();
    private volatile Optional<StatusGauges> vitalSigns = Optional.empty();

    private MicrometerTelemetry(MeterRegistry meters, ObservationRegistry observations) {
        this.meters = meters;
        this.observations = observations;
        this.events = new EventCounters(meters);
        this.signaturesRefused = Counter.builder("hangupby.signatures.rejected")
                .description("Requests whose signature is wrong")
                .register(meters);
        this.timeToValue = Timer.builder("hangupby.time.to.value")
                .description("From an agent's wrap-up, by Twilio's clock, until its value is in the task")
                .serviceLevelObjectives(TIMES_TO_VALUE)
                .register(meters);
        // There from the beginning, so that a first one is seen as a change.
        for (TwilioFailure.Kind reason : TwilioFailure.Kind.values()) {
            retries(REQUEST, reason);
            retries(TASK, reason);
        }
    }

    /** Returns one for metrics alone. */
    public static MicrometerTelemetry of(MeterRegistry meters) {
        ObservationRegistry timed = ObservationRegistry.create();
        timed.observationConfig()
                .observationHandler(new DefaultMeterObservationHandler(meters, IgnoredMeters.LONG_TASK_TIMER));
        return new MicrometerTelemetry(meters, timed);
    }

    /**
     * Returns one for metrics and traces. What takes time, {@code hangupby.work} and {@code hangupby.api.calls}, is then
     * observed, and it is the observation registry's handlers that make spans and timers of it.
     *
     * @param observations has a handler that makes timers, as Spring Boot's has; without any handler, timers are made all the
     *     same
     */
    public static MicrometerTelemetry of(MeterRegistry meters, ObservationRegistry observations) {
        return observations.isNoop() ? of(meters) : new MicrometerTelemetry(meters, observations);
    }

    @Override
    public void bind(Supplier<StatusSnapshot> vitals) {
        StatusGauges signs = new StatusGauges(meters, vitals, System::nanoTime);
        signs.register();
        vitalSigns = Optional.of(signs);
    }

    @Override
    public void unbind() {
        vitalSigns.ifPresent(StatusGauges::remove);
    }

    @Override
    public void kept(CallEvent event) {
        events.kept(event);
    }

    @Override
    public void notKept(CallEvent event) {
        events.refused(event);
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
        signaturesRefused.increment();
    }

    @Override
    public void decided(Outcome outcome, Duration sinceWrapUp) {
        Counter.builder("hangupby.verdicts")
                .description("Verdicts, by answer and by the rule that decided")
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
                .description("What became of verdicts' values")
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
    public void retried(TwilioFailure.Kind reason) {
        retry(REQUEST, reason);
    }

    @Override
    public void putOff(TwilioFailure.Kind reason) {
        retry(TASK, reason);
    }

    private Counter retries(String what, TwilioFailure.Kind reason) {
        return Counter.builder("hangupby.retries")
                .description("What is tried once more, and why")
                .tag("what", what)
                .tag("reason", Telemetry.word(reason))
                .register(meters);
    }

    private void retry(String what, TwilioFailure.Kind reason) {
        retries(what, reason).increment();
    }

    @Override
    public <T> T ask(ApiKind kind, Supplier<T> request) {
        Observation attempt = Observation.createNotStarted(API_CALLS, observations)
                .contextualName("twilio " + Telemetry.word(kind))
                .lowCardinalityKeyValue("kind", Telemetry.word(kind));
        return observe(attempt, request, result -> attempt.lowCardinalityKeyValue("result", result));
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

    private static <T> T observe(Observation observation, Supplier<T> action, Consumer<String> tellResult) {
        observation.start();
        Observation.Scope scope = observation.openScope();
        try {
            T answer = action.get();
            tellResult.accept(ApiResult.of(answer));
            return answer;
        } catch (RuntimeException | Error failure) {
            tellResult.accept(ApiResult.ofFailure(failure));
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
