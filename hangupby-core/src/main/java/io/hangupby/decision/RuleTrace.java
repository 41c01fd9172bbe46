package io.hangupby.decision;

/**
 * A rule that was tried for a verdict, and what it said. Immutable.
 *
 * @param rule the rule's id, as in {@code docs/decisions.md}
 * @param finding that it decided, passed, or could not tell, and why
 */
public record RuleTrace(String rule, Finding finding) {

    /** Shows no number in full. */
    @Override
    public String toString() {
        return ExplanationText.of(this);
    }
}
