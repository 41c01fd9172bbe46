package io.hangupby.decision;

import io.hangupby.call.Marker;
import io.hangupby.call.Segment;
import java.util.Optional;

/**
 * A segment that has been dealt with. Immutable.
 *
 * @param segment the agent's part of the call
 * @param verdict who ended it, and why
 * @param write what became of the value
 * @param evidence what the verdict was made on; empty where no rule was asked, because the task was gone or unreadable
 */
public record Outcome(Segment segment, Verdict verdict, WriteResult write, Optional<CallEvidence> evidence) {

    /** The outcome for a segment on which there was nothing to decide. */
    public Outcome(Segment segment, Verdict verdict, WriteResult write) {
        this(segment, verdict, write, Optional.empty());
    }

    /** Returns the plugin's marker that the verdict was made with. */
    public Marker marker() {
        return evidence.map(CallEvidence::marker).orElseGet(Marker.None::new);
    }

    /** Returns this outcome with what became of the value since. */
    public Outcome with(WriteResult later) {
        return new Outcome(segment, verdict, later, evidence);
    }
}
