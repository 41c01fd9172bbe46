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
 * @param audit what Voice Insights says of the segment; empty until a summary of a leg has come
 */
public record Outcome(
        Segment segment,
        Verdict verdict,
        WriteResult write,
        Optional<CallEvidence> evidence,
        Optional<AuditResult> audit) {

    /** Creates the outcome of a segment for which no rule was evaluated. */
    public Outcome(Segment segment, Verdict verdict, WriteResult write) {
        this(segment, verdict, write, Optional.empty());
    }

    /** Creates the outcome of a segment of which Voice Insights has said nothing yet. */
    public Outcome(Segment segment, Verdict verdict, WriteResult write, Optional<CallEvidence> evidence) {
        this(segment, verdict, write, evidence, Optional.empty());
    }

    /** Returns the plugin's marker in the evidence. */
    public Marker marker() {
        return evidence.map(CallEvidence::marker).orElse(Marker.NONE);
    }

    /** Returns what a supervisor asks besides who ended the segment, as far as it is known by now. */
    public SegmentDetail detail() {
        return new SegmentDetail(segment, evidence, audit);
    }

    /** Returns this outcome without its evidence, which takes most of the memory. */
    public Outcome withoutEvidence() {
        return new Outcome(segment, verdict, write, Optional.empty(), audit);
    }

    /** Returns this outcome with a later result of the write. */
    public Outcome with(WriteResult later) {
        return new Outcome(segment, verdict, later, evidence, audit);
    }

    /** Returns this outcome with what Voice Insights says. */
    public Outcome with(AuditResult found) {
        return new Outcome(segment, verdict, write, evidence, Optional.of(found));
    }
}
