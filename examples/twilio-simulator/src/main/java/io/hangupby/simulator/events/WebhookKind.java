package io.hangupby.simulator.events;

/** The webhooks of a backend that events are delivered to. */
enum WebhookKind {
    /** The workspace's event callback. */
    WORKSPACE(ConnectionOverrides.DEFAULT),

    /** The status callback of the conferences. */
    CONFERENCE(ConnectionOverrides.DEFAULT),

    /** The webhook sink of Event Streams. */
    EVENT_STREAM(ConnectionOverrides.EVENT_STREAMS);

    private final ConnectionOverrides retries;

    WebhookKind(ConnectionOverrides retries) {
        this.retries = retries;
    }

    /** Returns when a delivery is tried again unless its URL has overrides. */
    ConnectionOverrides retries() {
        return retries;
    }

    /** Returns the webhook that the callback of an event goes to. */
    static WebhookKind of(CallbackEvent event) {
        return event instanceof ConferenceStatusEvent ? CONFERENCE : WORKSPACE;
    }
}
