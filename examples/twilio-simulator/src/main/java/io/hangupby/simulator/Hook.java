package io.hangupby.simulator;

/** The two places that callbacks are posted to. */
enum Hook {
    WORKSPACE,
    CONFERENCE;

    static Hook of(CallbackEvent event) {
        return event instanceof ConferenceEvent ? CONFERENCE : WORKSPACE;
    }
}
