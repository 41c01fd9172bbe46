package io.hangupby.decision;

import io.hangupby.call.Segment;
import java.util.List;
import java.util.Optional;

/** The explanation of one segment's verdict. Immutable. */
public final class SegmentExplanation {
    private final Segment segment;
    private final List<Fact> evidence;
    private final List<RuleTrace> rules;
    private final Verdict verdict;
    private final Optional<WriteResult> written;

    /**
     * Creates an explanation. {@code HangUpBy.explain} does so; an application needs it for tests only.
     *
     * @param segment see {@link #segment}
     * @param evidence see {@link #evidence}
     * @param rules see {@link #rules}
     * @param verdict see {@link #verdict}
     * @param written see {@link #written}
     */
    public SegmentExplanation(
            Segment segment,
            List<Fact> evidence,
            List<RuleTrace> rules,
            Verdict verdict,
            Optional<WriteResult> written) {
        this.segment = segment;
        this.evidence = List.copyOf(evidence);
        this.rules = List.copyOf(rules);
        this.verdict = verdict;
        this.written = written;
    }

    /** Returns the segment. */
    public Segment segment() {
        return segment;
    }

    /** Returns all facts that were known, including those of the verdict. */
    public List<Fact> evidence() {
        return evidence;
    }

    /** Returns the evaluated rules in order, the deciding rule last; empty if no rule was evaluated. */
    public List<RuleTrace> rules() {
        return rules;
    }

    /** Returns who ended the segment, and why. */
    public Verdict verdict() {
        return verdict;
    }

    /**
     * Returns the result of the write; empty if no verdict is stored, so the verdict was decided for this explanation only and
     * nothing was written.
     */
    public Optional<WriteResult> written() {
        return written;
    }

    /** Returns readable text of several lines. Telephone numbers are masked, except for a destination. */
    @Override
    public String toString() {
        return ExplanationText.of(this);
    }
}
