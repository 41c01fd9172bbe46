package io.hangupby.decision;

import io.hangupby.call.Marker;
import io.hangupby.call.Segment;
import java.util.Optional;

/**
 * The verdict on a segment and the result of the write. Immutable.
 *
 * @param segment the segment
 * @param verdict who ended the segment, and why
 * @param write the result of the write
 * @param evidence the evidence of the verdict; empty if no rule was evaluated, because the task was gone or unreadable
 */
public record Outcome(Segment segment, Verdict verdict, WriteResult write, Optional<CallEvidence> evidence) {

    /** Creates the outcome of a segment for which no rule was evaluated. */
    public Outcome(Segment segment, Verdict verdict, WriteResult write) {
        this(segment, verdict, write, Optional.empty());
    }

    /** Returns the plugin's marker in the evidence. */
    public Marker marker() {
        return evidence.map(CallEvidence::marker).orElse(Marker.NONE);
    }

    /** Returns this outcome with a later result of the write. */
    public Outcome with(WriteResult later) {
        return new Outcome(segment, verdict, later, evidence);
    }
}
