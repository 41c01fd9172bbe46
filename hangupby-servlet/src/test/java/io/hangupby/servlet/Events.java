package io.hangupby.servlet;

import io.hangupby.simulator.events.EventDelivery;
import java.util.function.Consumer;

/** How a simulated Twilio delivers events. */
enum Events {
    AS_SENT(delivery -> {}),
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
