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

/** One call centre for each way in which Twilio can tell of calls, open while a class's tests run. */
final class CallCentres implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private final Map<Told, CallCentre> centres = new EnumMap<>(Told.class);

    /** What Twilio tells a backend without being asked. */
    enum Told {
        REST_ONLY,
        WITH_STATUS_CALLBACKS
    }

    /** How events reach us. */
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
        centres.put(Told.REST_ONLY, new CallCentre(settings -> settings));
        centres.put(Told.WITH_STATUS_CALLBACKS, CallCentre.withStatusCallbacks());
    }

    /** Returns the call centre that is told so, where events come in this way for the length of a test. */
    CallCentre where(Told told, Events events) {
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
