package io.hangupby.decision;

import io.hangupby.call.Segment;
import java.util.List;
import java.util.Optional;

/**
 * Why one agent's part of a call was labelled as it was. Immutable.
 *
 * @param segment the agent's part of the call
 * @param evidence all that was known, the facts of the verdict included
 * @param rules the rules in the order in which they were tried, the one that decided last; empty where there was nothing to
 *     decide on
 * @param verdict the answer
 * @param written what became of the answer; empty where it is not remembered, so that all of this comes from a look at
 *     Twilio that was made for this explanation and wrote nothing
 */
public record SegmentExplanation(
        Segment segment, List<Fact> evidence, List<RuleTrace> rules, Verdict verdict, Optional<WriteResult> written) {

    /** Copies the lists. */
    public SegmentExplanation {
        evidence = List.copyOf(evidence);
        rules = List.copyOf(rules);
    }

    /** Returns this as readable text, several lines, without a number in full other than the destination. */
    @Override
    public String toString() {
        return ExplanationText.of(this);
    }
}
