package io.hangupby.simulator.internal.account;

/** Why a conference ended, as the Conference resource reports it. */
public enum ConferenceEndReason {
    END_ON_EXIT_LEG_LEFT("participant-with-end-conference-on-exit-left"),
    END_ON_EXIT_LEG_KICKED("participant-with-end-conference-on-exit-kicked"),
    LAST_LEG_LEFT("last-participant-left"),
    LAST_LEG_KICKED("last-participant-kicked"),
    ENDED_VIA_API("conference-ended-via-api");

    private final String wire;

    ConferenceEndReason(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }
}
