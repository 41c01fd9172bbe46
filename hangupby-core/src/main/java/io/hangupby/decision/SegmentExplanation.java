package io.hangupby.decision;

import io.hangupby.call.Segment;
import java.util.List;
import java.util.Optional;

/**
 * The explanation of one segment's verdict. Immutable.
 *
 * @param segment the segment
 * @param evidence all facts that were known, including those of the verdict
 * @param rules the evaluated rules in order, the deciding rule last; empty if no rule was evaluated
 * @param verdict who ended the segment, and why
 * @param written the result of the write; empty if no verdict is stored, so the verdict was decided for this
 *     explanation only and nothing was written
 */
public record SegmentExplanation(
        Segment segment, List<Fact> evidence, List<RuleTrace> rules, Verdict verdict, Optional<WriteResult> written) {

    /** Copies the lists. */
    public SegmentExplanation {
        evidence = List.copyOf(evidence);
        rules = List.copyOf(rules);
    }

    /** Returns readable text of several lines. Telephone numbers are masked, except for a destination. */
    @Override
    public String toString() {
        return ExplanationText.of(this);
    }
}
