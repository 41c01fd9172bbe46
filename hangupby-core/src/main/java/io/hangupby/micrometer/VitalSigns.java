package io.hangupby.micrometer;

import io.hangupby.telemetry.Vitals;
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
final class VitalSigns {
    private static final long FRESH_FOR = Duration.ofSeconds(1).toNanos();

    private final List<Meter> registered = new ArrayList<>();
    private final MeterRegistry meters;
    private final Supplier<Vitals> source;
    private final LongSupplier nanos;
    private Optional<Vitals> taken = Optional.empty();
    private long takenAt;

    /**
     * @param nanos by which time passes
     */
    VitalSigns(MeterRegistry meters, Supplier<Vitals> source, LongSupplier nanos) {
        this.meters = meters;
        this.source = source;
        this.nanos = nanos;
    }

    /** Registers them, until they are removed. */
    void register() {
        gauge("hangupby.due", "Tasks that are due, waiting or being worked on", ifKnown(Vitals::due));
        gauge("hangupby.parked", "Tasks that were given up, and wait to be put back", ifKnown(Vitals::parked));
        gauge("hangupby.journal.up", "Whether the journal answers", yes(Vitals::journalUp));
        gauge(
                "hangupby.twilio.reachable",
                "Whether Twilio answered the last request and took the credentials",
                yes(VitalSigns::isReachable));
        gauge(
                "hangupby.twilio.held.back",
                "Whether requests to Twilio are held back, because too many failed",
                yes(Vitals::heldBack));
        counter(
                "hangupby.collisions",
                "Agents who completed with another agent's value in the task",
                Vitals::collisions);
        counter("hangupby.recovered", "Wrap-ups that were found at Twilio, without callback", Vitals::recovered);
    }

    void remove() {
        registered.forEach(meters::remove);
    }

    private void gauge(String name, String description, ToDoubleFunction<Vitals> value) {
        registered.add(Gauge.builder(name, this, signs -> value.applyAsDouble(signs.now()))
                .description(description)
                .register(meters));
    }

    private void counter(String name, String description, ToDoubleFunction<Vitals> value) {
        registered.add(FunctionCounter.builder(name, this, signs -> value.applyAsDouble(signs.now()))
                .description(description)
                .register(meters));
    }

    private synchronized Vitals now() {
        if (taken.isEmpty() || nanos.getAsLong() - takenAt >= FRESH_FOR) {
            taken = Optional.of(source.get());
            takenAt = nanos.getAsLong();
        }
        return taken.orElseThrow();
    }

    private static ToDoubleFunction<Vitals> ifKnown(ToDoubleFunction<Vitals> number) {
        return vitals -> vitals.journalUp() ? number.applyAsDouble(vitals) : Double.NaN;
    }

    private static ToDoubleFunction<Vitals> yes(Predicate<Vitals> question) {
        return vitals -> question.test(vitals) ? 1 : 0;
    }

    private static boolean isReachable(Vitals vitals) {
        return vitals.twilio() != Reachability.UNREACHABLE && vitals.twilio() != Reachability.UNAUTHORIZED;
    }
}
