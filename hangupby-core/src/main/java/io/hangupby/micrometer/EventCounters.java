package io.hangupby.micrometer;

import io.hangupby.internal.event.EventType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Counts incoming events. All counters exist from the start, so that an event costs no lookup. Thread-safe. */
final class EventCounters {
    private final PerType kept;
    private final PerType rejected;
    private final Counter ignored;
    private final Counter malformed;

    EventCounters(MeterRegistry meters) {
        kept = new PerType(meters, "kept");
        rejected = new PerType(meters, "rejected");
        ignored = counter(meters, EventType.OTHER.toString(), "ignored");
        malformed = counter(meters, EventType.OTHER.toString(), "malformed");
    }

    void kept(String type) {
        kept.of(type).increment();
    }

    void rejected(String type) {
        rejected.of(type).increment();
    }

    void ignored() {
        ignored.increment();
    }

    void malformed() {
        malformed.increment();
    }

    private static Counter counter(MeterRegistry meters, String type, String outcome) {
        return Counter.builder("hangupby.events")
                .description("Events that Twilio sent, by type and outcome")
                .tag("type", type)
                .tag("outcome", outcome)
                .register(meters);
    }

    /** The events with one outcome. */
    private static final class PerType {
        private final Map<String, Counter> counters = new HashMap<>();
        private final Counter other;

        PerType(MeterRegistry meters, String outcome) {
            for (EventType type : EventType.values()) {
                counters.put(type.toString(), counter(meters, type.toString(), outcome));
            }
            counters.put("conference", counter(meters, "conference", outcome));
            other = Objects.requireNonNull(counters.get(EventType.OTHER.toString()));
        }

        Counter of(String type) {
            return counters.getOrDefault(type, other);
        }
    }
}
