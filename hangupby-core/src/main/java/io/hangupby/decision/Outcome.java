package io.hangupby.decision;

import io.hangupby.call.Segment;

/**
 * A segment that has been dealt with. Immutable.
 *
 * @param segment the agent's part of the call
 * @param verdict who ended it, and why
 * @param write what became of the value
 */
public record Outcome(Segment segment, Verdict verdict, WriteResult write) {

    /** Returns this outcome after something else became of the value. */
    public Outcome with(WriteResult later) {
        return new Outcome(segment, verdict, later);
    }
}
