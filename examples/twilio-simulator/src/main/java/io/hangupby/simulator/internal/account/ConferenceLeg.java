package io.hangupby.simulator.internal.account;

import io.hangupby.simulator.account.Party;
import java.time.Instant;
import java.util.Optional;

/** One leg in a conference. Guarded by the account's lock. */
public final class ConferenceLeg {

    private final PhoneCall call;
    private final Party party;
    private final Instant joined;
    private boolean endOnExit;
    private boolean hold;
    private boolean muted;
    private boolean handingOver;
    private boolean frozen;
    private Optional<String> coached = Optional.empty();

    public ConferenceLeg(PhoneCall call, Party party, boolean endOnExit, Instant joined) {
        this.call = call;
        this.party = party;
        this.endOnExit = endOnExit;
        this.joined = joined;
    }

    public PhoneCall call() {
        return call;
    }

    public Party party() {
        return party;
    }

    public boolean is(Party.Kind kind) {
        return party.kind() == kind;
    }

    public boolean endOnExit() {
        return endOnExit;
    }

    public void endOnExit(boolean on) {
        endOnExit = on;
    }

    public boolean isConnected() {
        return call.status() == PhoneCall.Status.IN_PROGRESS;
    }

    public boolean isOnHold() {
        return hold;
    }

    public void hold(boolean on) {
        hold = on;
    }

    public void muted(boolean on) {
        muted = on;
    }

    public void coaches(Optional<String> callSid) {
        coached = callSid;
    }

    /** Returns whether the party can speak to everybody, unlike a supervisor who listens or coaches. */
    public boolean talks() {
        return isConnected() && !muted && coached.isEmpty();
    }

    /** Sets whether the agent is leaving in a cold transfer; then the leg does not end the conference. */
    public void handingOver(boolean on) {
        handingOver = on;
    }

    public boolean isHandingOver() {
        return handingOver;
    }

    /** Records that the agent's browser has died: nothing updates the leg's flags any more. */
    public void freeze() {
        frozen = true;
    }

    public boolean isFrozen() {
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

    /** A leg as the API shows it. */
    public record View(
            String callSid,
            Optional<String> label,
            boolean endOnExit,
            boolean hold,
            boolean muted,
            Optional<String> coached,
            String status,
            Instant joined) {}
}
