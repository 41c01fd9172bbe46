package io.hangupby.decision;

import io.hangupby.call.Marker;
import io.hangupby.call.Segment;

/**
 * A segment that has been dealt with. Immutable.
 *
 * @param segment the agent's part of the call
 * @param verdict who ended it, and why
 * @param marker the plugin's marker that it was made with
 * @param write what became of the value
 */
public record Outcome(Segment segment, Verdict verdict, Marker marker, WriteResult write) {

    /** An outcome of a verdict that was made without a marker. */
    public Outcome(Segment segment, Verdict verdict, WriteResult write) {
        this(segment, verdict, new Marker.None(), write);
    }

    /** Returns this outcome with something else become of the value. */
    public Outcome with(WriteResult write) {
        return new Outcome(segment, verdict, marker, write);
    }
}
