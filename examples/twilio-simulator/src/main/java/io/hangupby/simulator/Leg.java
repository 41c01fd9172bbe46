package io.hangupby.simulator;

import java.time.Instant;
import java.util.Optional;

/** One party's place in a conference. Guarded by the world's lock. */
final class Leg {

    private final PhoneCall call;
    private final Party party;
    private final Instant joined;
    private boolean endOnExit;
    private boolean hold;
    private boolean muted;
    private boolean handingOver;
    private boolean frozen;
    private Optional<String> coached = Optional.empty();

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

    boolean is(Party.Kind kind) {
        return party.kind() == kind;
    }

    boolean endOnExit() {
        return endOnExit;
    }

    void endOnExit(boolean on) {
        endOnExit = on;
    }

    boolean isConnected() {
        return call.status() == PhoneCall.Status.IN_PROGRESS;
    }

    boolean isOnHold() {
        return hold;
    }

    void hold(boolean on) {
        hold = on;
    }

    void muted(boolean on) {
        muted = on;
    }

    void coaches(Optional<String> callSid) {
        coached = callSid;
    }

    /** Says whether it takes part in the talk, and does not just listen in. */
    boolean talks() {
        return isConnected() && !muted && coached.isEmpty();
    }

    /** A leg that hands the customer on in a cold transfer must not take the conference with it. */
    void handingOver(boolean on) {
        handingOver = on;
    }

    boolean isHandingOver() {
        return handingOver;
    }

    /** The browser has died; nothing of the leg is updated any more. */
    void freeze() {
        frozen = true;
    }

    boolean isFrozen() {
        return frozen;
    }

    View view() {
        return new View(call.sid(), party.label(), endOnExit, hold, muted, coached, status(), joined);
    }

    private String status() {
        return switch (call.status()) {
            case QUEUED -> "connecting";
            case RINGING -> "ringing";
            default -> "connected";
        };
    }

    record View(
            String callSid,
            Optional<String> label,
            boolean endOnExit,
            boolean hold,
            boolean muted,
            Optional<String> coached,
            String status,
            Instant joined) {}
}
