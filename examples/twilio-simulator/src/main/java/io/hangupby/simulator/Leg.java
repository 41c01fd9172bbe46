package io.hangupby.simulator;

import java.time.Instant;
import java.util.Optional;

/** One party's place in a conference. Guarded by the world's lock. */
final class Leg {

    private final PhoneCall call;
    private final Party party;
    private final boolean endOnExit;
    private final Instant joined;
    private boolean hold;

    Leg(PhoneCall call, Party party, boolean endOnExit, Instant joined) {
        this.call = call;
        this.party = party;
        this.endOnExit = endOnExit;
        this.joined = joined;
    }

    PhoneCall call() {
        return call;
    }

    Party party() {
        return party;
    }

    boolean endOnExit() {
        return endOnExit;
    }

    boolean isConnected() {
        return call.status() == PhoneCall.Status.IN_PROGRESS;
    }

    void hold(boolean on) {
        hold = on;
    }

    View view() {
        return new View(call.sid(), party.label(), endOnExit, hold, isConnected() ? "connected" : "ringing", joined);
    }

    record View(
            String callSid, Optional<String> label, boolean endOnExit, boolean hold, String status, Instant joined) {}
}
