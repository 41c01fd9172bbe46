package io.hangupby.micrometer;

import io.hangupby.telemetry.HangUpByStatus;
import io.hangupby.telemetry.TwilioStatus;
import io.hangupby.twilio.Reachability;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Registers the gauges of the status. A scrape reads all gauges one by one, so they share a snapshot for a second and
 * query the database once. Thread-safe.
 */
final class StatusGauges {
    private static final long FRESH_FOR = Duration.ofSeconds(1).toNanos();

    private final List<Meter> registered = new ArrayList<>();
    private final MeterRegistry meters;
    private final Supplier<HangUpByStatus> source;
    private final LongSupplier nanos;
    private Optional<HangUpByStatus> taken = Optional.empty();
    private long takenAt;

    /** @param nanos returns the current time in nanoseconds */
    StatusGauges(MeterRegistry meters, Supplier<HangUpByStatus> source, LongSupplier nanos) {
        this.meters = meters;
        this.source = source;
        this.nanos = nanos;
    }

    /** Registers the gauges until {@link #remove}. */
    void register() {
        gauge("hangupby.due", "Tasks that are due, waiting or in progress", ifKnown(HangUpByStatus::due));
        gauge(
                "hangupby.parked",
                "Parked tasks, which are not tried again until retryParked is called",
                ifKnown(HangUpByStatus::parked));
        gauge("hangupby.journal.up", "Whether the journal responds", yes(HangUpByStatus::journalUp));
        gauge(
                "hangupby.twilio.reachable",
                "Whether Twilio responded to the last request and accepted the credentials",
                yes(StatusGauges::isReachable));
        gauge(
                "hangupby.twilio.circuit.open",
                "Whether the circuit is open: requests to Twilio are suspended, because too many failed",
                yes(status -> !status.isOperational()));
        gauge(
                "hangupby.updates.per.second",
                "Task updates that this node sends in a second at most, as learnt from Twilio",
                status -> status.twilio().stream()
                        .mapToInt(TwilioStatus::updatesPerSecond)
                        .sum());
        counter(
                "hangupby.collisions",
                "Agents who completed with another agent's value in the task",
                HangUpByStatus::collisions);
        gauge(
                "hangupby.event.versions.on",
                "Whether tasks of all accounts are written on the versions of events, without a read",
                yes(status -> status.twilio().stream().allMatch(TwilioStatus::writesOnEventVersions)));
        counter(
                "hangupby.event.versions.comparisons",
                "Versions of events that were compared with what the API shows",
                sum(TwilioStatus::eventVersionComparisons));
        counter(
                "hangupby.event.versions.differences",
                "Versions of events that had other attributes or another number",
                sum(TwilioStatus::eventVersionDifferences));
        counter(
                "hangupby.event.versions.writes",
                "Writes on the version of an event",
                sum(TwilioStatus::eventVersionWrites));
        counter(
                "hangupby.event.versions.conflicts",
                "Writes on the version of an event that met a conflict",
                sum(TwilioStatus::eventVersionConflicts));
        counter("hangupby.recovered", "Wrap-ups found at Twilio whose callback was missing", HangUpByStatus::recovered);
    }

    void remove() {
        registered.forEach(meters::remove);
    }

    private void gauge(String name, String description, ToDoubleFunction<HangUpByStatus> value) {
        registered.add(Gauge.builder(name, this, gauges -> value.applyAsDouble(gauges.now()))
                .description(description)
                .register(meters));
    }

    private void counter(String name, String description, ToDoubleFunction<HangUpByStatus> value) {
        registered.add(FunctionCounter.builder(name, this, gauges -> value.applyAsDouble(gauges.now()))
                .description(description)
                .register(meters));
    }

    private synchronized HangUpByStatus now() {
        if (taken.isEmpty() || nanos.getAsLong() - takenAt >= FRESH_FOR) {
            taken = Optional.of(source.get());
            takenAt = nanos.getAsLong();
        }
        return taken.orElseThrow();
    }

    private static ToDoubleFunction<HangUpByStatus> ifKnown(ToDoubleFunction<HangUpByStatus> number) {
        return status -> status.journalUp() ? number.applyAsDouble(status) : Double.NaN;
    }

    private static ToDoubleFunction<HangUpByStatus> sum(ToLongFunction<TwilioStatus> count) {
        return status -> status.twilio().stream().mapToLong(count).sum();
    }

    private static ToDoubleFunction<HangUpByStatus> yes(Predicate<HangUpByStatus> condition) {
        return status -> condition.test(status) ? 1 : 0;
    }

    private static boolean isReachable(HangUpByStatus status) {
        Reachability worst = status.worstReachability();
        return worst != Reachability.UNREACHABLE && worst != Reachability.UNAUTHORIZED;
    }
}
