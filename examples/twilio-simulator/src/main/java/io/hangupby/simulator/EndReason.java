package io.hangupby.simulator;

/** Why a conference ended, as the Conference resource says it. */
enum EndReason {
    FLAGGED_LEG_LEFT("participant-with-end-conference-on-exit-left"),
    FLAGGED_LEG_KICKED("participant-with-end-conference-on-exit-kicked"),
    LAST_LEG_LEFT("last-participant-left"),
    LAST_LEG_KICKED("last-participant-kicked"),
    ENDED_VIA_API("conference-ended-via-api");

    private final String wire;

    EndReason(String wire) {
        this.wire = wire;
    }

    String wire() {
        return wire;
    }
}
