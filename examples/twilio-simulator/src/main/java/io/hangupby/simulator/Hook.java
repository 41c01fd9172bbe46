package io.hangupby.simulator;

/** The places that a backend can be told of events at. */
enum Hook {
    WORKSPACE(Retries.DEFAULT),
    CONFERENCE(Retries.DEFAULT),

    /** The webhook sink of Event Streams. */
    STREAM(Retries.EVENT_STREAMS);

    private final Retries retries;

    Hook(Retries retries) {
        this.retries = retries;
    }

    /** When a delivery is tried again unless its URL says otherwise. */
    Retries retries() {
        return retries;
    }

    /** Where the event's callback goes. */
    static Hook of(CallbackEvent event) {
        return event instanceof ConferenceEvent ? CONFERENCE : WORKSPACE;
    }
}
