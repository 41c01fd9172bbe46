package io.hangupby.micrometer;

import io.hangupby.telemetry.StatusSnapshot;
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

/**
 * What is asked for when metrics are read. One reading asks for all of it, gauge by gauge, and must not ask the database each
 * time, least of all one that is down. Thread-safe.
 */
final class StatusGauges {
    private static final long FRESH_FOR = Duration.ofSeconds(1).toNanos();

    private final List<Meter> registered = new ArrayList<>();
    private final MeterRegistry meters;
    private final Supplier<StatusSnapshot> source;
    private final LongSupplier nanos;
    private Optional<StatusSnapshot> taken = Optional.empty();
    private long takenAt;

    /**
     * @param nanos by which time passes
     */
    StatusGauges(MeterRegistry meters, Supplier<StatusSnapshot> source, LongSupplier nanos) {
        this.meters = meters;
        this.source = source;
        this.nanos = nanos;
    }

    /** Registers them, until they are removed. */
    void register() {
        gauge("hangupby.due", "Tasks that are due, waiting or being worked on", ifKnown(StatusSnapshot::due));
        gauge("hangupby.parked", "Tasks that were given up, and wait to be put back", ifKnown(StatusSnapshot::parked));
        gauge("hangupby.journal.up", "Whether the journal answers", yes(StatusSnapshot::journalUp));
        gauge(
                "hangupby.twilio.reachable",
                "Whether Twilio answered the last request and took the credentials",
                yes(StatusGauges::isReachable));
        gauge(
                "hangupby.twilio.circuit.open",
                "Whether requests to Twilio are held back, because too many failed",
                yes(StatusSnapshot::circuitOpen));
        counter(
                "hangupby.collisions",
                "Agents who completed with another agent's value in the task",
                StatusSnapshot::collisions);
        counter(
                "hangupby.recovered",
                "Wrap-ups that were found at Twilio, without callback",
                StatusSnapshot::recovered);
    }

    void remove() {
        registered.forEach(meters::remove);
    }

    private void gauge(String name, String description, ToDoubleFunction<StatusSnapshot> value) {
        registered.add(Gauge.builder(name, this, signs -> value.applyAsDouble(signs.now()))
                .description(description)
                .register(meters));
    }

    private void counter(String name, String description, ToDoubleFunction<StatusSnapshot> value) {
        registered.add(FunctionCounter.builder(name, this, signs -> value.applyAsDouble(signs.now()))
                .description(description)
                .register(meters));
    }

    private synchronized StatusSnapshot now() {
        if (taken.isEmpty() || nanos.getAsLong() - takenAt >= FRESH_FOR) {
            taken = Optional.of(source.get());
            takenAt = nanos.getAsLong();
        }
        return taken.orElseThrow();
    }

    private static ToDoubleFunction<StatusSnapshot> ifKnown(ToDoubleFunction<StatusSnapshot> number) {
        return vitals -> vitals.journalUp() ? number.applyAsDouble(vitals) : Double.NaN;
    }

    private static ToDoubleFunction<StatusSnapshot> yes(Predicate<StatusSnapshot> question) {
        return vitals -> question.test(vitals) ? 1 : 0;
    }

    private static boolean isReachable(StatusSnapshot vitals) {
        return vitals.twilio() != Reachability.UNREACHABLE && vitals.twilio() != Reachability.UNAUTHORIZED;
    }
}
