package io.hangupby.micrometer;

import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
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

    void kept(CallEvent event) {
        kept.of(event).increment();
    }

    void rejected(CallEvent event) {
        rejected.of(event).increment();
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
        private final Map<EventType, Counter> ofTaskRouter = new EnumMap<>(EventType.class);
        private final Counter ofConferences;

        PerType(MeterRegistry meters, String outcome) {
            for (EventType type : EventType.values()) {
                ofTaskRouter.put(type, counter(meters, type.toString(), outcome));
            }
            ofConferences = counter(meters, "conference", outcome);
        }

        Counter of(CallEvent event) {
            return event instanceof TaskRouterEvent fromTaskRouter
                    ? Objects.requireNonNull(ofTaskRouter.get(fromTaskRouter.type()))
                    : ofConferences;
        }
    }
}
