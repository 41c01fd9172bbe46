package io.hangupby.servlet;

import io.hangupby.simulator.events.EventDelivery;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One call centre for each way in which Twilio can report calls, open while a class's tests run. */
final class CallCentres implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private final Map<Coverage, CallCentre> centres = new EnumMap<>(Coverage.class);

    /** The callbacks and streams that Twilio sends to a backend. */
    enum Coverage {
        REST_ONLY,
        WITH_STATUS_CALLBACKS
    }

    /** How events are delivered. */
    enum Events {
        AS_THEY_HAPPEN(delivery -> {}),
        TWICE(delivery -> delivery.copies(2)),
        SHUFFLED(delivery -> delivery.shuffle(true));

        private final Consumer<EventDelivery> knobs;

        Events(Consumer<EventDelivery> knobs) {
            this.knobs = knobs;
        }

        void apply(EventDelivery delivery) {
            knobs.accept(delivery);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        centres.put(Coverage.REST_ONLY, new CallCentre(settings -> settings));
        centres.put(Coverage.WITH_STATUS_CALLBACKS, CallCentre.withStatusCallbacks());
    }

    /** Returns the call centre with these callbacks, and delivers events in this way until the end of the test. */
    CallCentre where(Coverage told, Events events) {
        CallCentre centre = Objects.requireNonNull(centres.get(told));
        events.apply(centre.twilio().delivery());
        return centre;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        for (CallCentre centre : centres.values()) {
            centre.twilio().delivery().reset();
            centre.twilio().faults().clear();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        centres.values().forEach(CallCentre::close);
    }
}
